/**
 * The golden signals on Micrometer, and their exposition at {@code /metrics}.
 *
 * <ul>
 *   <li><b>Latency and traffic</b>: {@code http_server_request_duration_seconds} and {@code http_client_request_duration_seconds},
 *       histograms whose {@code le} bounds are the derived ones and no others, so that each latency target can be read off
 *       exactly; {@code nines_call_duration_seconds} for guarded calls that were no HTTP.
 *       {@code http_server_request_body_size_bytes} and its like for responses say how many bytes that was. Successes have
 *       no {@code error_type}, so that a fast failure does not pass for a fast answer.
 *   <li><b>Errors</b>: {@code error_type} on these, {@code nines_errors_total} by what brought them about, and the counters
 *       per objective that core's error budget publishes. Alert rules read the counters; histograms are for dashboards and
 *       exemplars.
 *   <li><b>Saturation</b>: {@code nines_saturation_ratio} by {@code resource}, 1 at its limit, whatever the resource:
 *       {@code cpu}, {@code memory} and {@code threads} against the container's limits, {@code heap} as the last collection
 *       left it, {@code gc_pauses} as a share of time, {@code disk}, {@code file_descriptors}, {@code requests} in flight
 *       against what Little's law allows at the declared peak and latency. A network has no limit that a container could
 *       know, so its bytes, errors and drops are counters. Micrometer's binders for the JVM and the process stand beside.
 * </ul>
 *
 * <p>Where {@link dev.nines.request.Tenants} are declared, the busiest have metrics of their own. All series together stay
 * within {@link dev.nines.metrics.GoldenSignals#maxSeries}, and {@code /metrics/lint} tells what is wrong with them, by the
 * rules of {@link dev.nines.metrics.lint}.
 *
 * <p>What the service leans on is measured by {@link dev.nines.metrics.GoldenSignals#watch}: see
 * {@link dev.nines.metrics.watch}.
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
