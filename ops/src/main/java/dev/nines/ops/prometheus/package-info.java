/**
 * What is read of Prometheus: {@link dev.nines.ops.prometheus.PrometheusClient} asks its HTTP API, and
 * {@link dev.nines.ops.prometheus.Exposition} reads what an instance shows at {@code /metrics}.
 *
 * <pre>{@code
 * PrometheusClient prometheus = PrometheusClient.at(URI.create("http://prometheus:9090"));
 * for (Sample sample : prometheus.query("max by (version) (nines_build_info)", Instant.now())) {
 *   System.out.println(sample.label("version"));
 * }
 * }</pre>
 *
 * <p>Both bound what they read, and their errors name the server and the reason.
 */
@NullMarked
package dev.nines.ops.prometheus;

import org.jspecify.annotations.NullMarked;
