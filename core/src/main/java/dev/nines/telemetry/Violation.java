package dev.nines.telemetry;

/**
 * A rule of naming that a metric breaks.
 *
 * @param rule stable name in kebab case, such as {@code base-unit}
 * @param message what is wrong, in one sentence
 * @param fix what to do about it, in one sentence
 */
public record Violation(String rule, String message, String fix) {}
