package dev.nines.ops.verdict;

import java.util.Optional;

/**
 * How an endpoint answered.
 *
 * @param endpoint its address, or the instance for which Prometheus spoke
 * @param status {@code healthy}, {@code degraded}, {@code unhealthy}, {@code ready}, {@code unready}, a status of HTTP, or why
 *     there was no answer
 * @param seconds how long the answer took, where that is known
 */
record Health(String endpoint, String status, Optional<Double> seconds) {}
