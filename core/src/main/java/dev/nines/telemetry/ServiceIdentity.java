package dev.nines.telemetry;

/**
 * Who speaks: carried by each log line, span and {@code nines_build_info}.
 *
 * @param service name of the service
 * @param version version of the service, {@code unknown} if nobody said
 * @param environment deployment environment such as {@code production}, {@code unknown} if nobody said
 * @param instance this process among the service's instances
 */
public record ServiceIdentity(
    String service, String version, String environment, String instance) {}
