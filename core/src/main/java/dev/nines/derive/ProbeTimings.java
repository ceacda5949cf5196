package dev.nines.derive;

/**
 * The platform's probes of {@code /ready} and {@code /startup}, derived so that detection in the worst case keeps the
 * target.
 *
 * @param periodSeconds time between two probes
 * @param failureThreshold failed probes in a row after which the instance gets no traffic
 * @param timeoutSeconds limit of one probe
 * @param startupFailureThreshold failed start-up probes, one each period, after which the platform restarts
 * @param graceSeconds time between the platform's SIGTERM and its SIGKILL
 */
public record ProbeTimings(
    int periodSeconds,
    int failureThreshold,
    int timeoutSeconds,
    int startupFailureThreshold,
    int graceSeconds) {}
