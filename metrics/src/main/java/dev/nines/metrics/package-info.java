/**
 * The golden signals on Micrometer, and their exposition at {@code /metrics}.
 *
 * <ul>
 *   <li><b>Latency and traffic</b>: {@code http_server_request_duration_seconds} and {@code http_client_request_duration_seconds},
 *       histograms whose {@code le} bounds are the derived ones and no others, so that each latency target can be read off
 *       exactly; {@code nines_call_duration_seconds} for guarded calls that were no HTTP.
 *   <li><b>Errors</b>: {@code error_type} on these, and the counters per objective that core's error budget publishes. Alert
 *       rules read the counters; histograms are for dashboards and exemplars.
 *   <li><b>Saturation</b>: {@code nines_saturation_ratio} of processors, memory and disk, {@code http_server_active_requests},
 *       and Micrometer's binders for the JVM and the process.
 * </ul>
 *
 * <p>Whatever another feature publishes as an instrument is rendered too, under the name, help and labels of the
 * catalogue, {@link dev.nines.telemetry.Metrics}. Which series exist does not depend on what clients send: routes are
 * bounded by core's table, methods by OpenTelemetry's list, error types here.
 *
 * <pre>{@code
 * Nines.builder("checkout").install(GoldenSignals.prometheus());
 * Nines.builder("checkout").install(GoldenSignals.on(myRegistry));
 * }</pre>
 */
@NullMarked
package dev.nines.metrics;

import org.jspecify.annotations.NullMarked;
