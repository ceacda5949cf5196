package dev.nines.metrics;

import dev.nines.FeatureContext;
import dev.nines.lifecycle.CloseStage;
import dev.nines.telemetry.Metrics;
import dev.nines.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Pushes every metric to an OpenTelemetry collector, OTLP over HTTP in protobuf, beside or in place of being scraped:
 *
 * <pre>{@code
 * GoldenSignals.prometheus().push(OtlpPush.to(URI.create("http://collector:4318/v1/metrics")))
 * }</pre>
 *
 * <p>Names and labels are those of OpenTelemetry ({@code http.server.request.duration} with {@code http.route}); counts are
 * cumulative; histograms have the derived bounds. A push that fails loses nothing but time, for the next one has all of
 * it; it is counted as {@code nines_telemetry_dropped_total{signal="metrics"}}. What was measured until the end is pushed
 * when {@code Nines} closes. Not thread-safe: set it up, then hand it over.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OpenTelemetry: OTLP</a>
 */
public final class OtlpPush {

  /** OpenTelemetry's own defaults. */
  private static final Duration INTERVAL = Duration.ofSeconds(60);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final URI endpoint;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Duration interval = INTERVAL;

  private OtlpPush(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Pushes to that address, the path included, such as {@code http://collector:4318/v1/metrics}.
   *
   * @throws IllegalArgumentException if it is no http or https address
   */
  public static OtlpPush to(URI endpoint) {
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("otlp: " + endpoint.getScheme()
          + ":… (expected: an address" + " such as http://collector:4318/v1/metrics)");
    }
    return new OtlpPush(endpoint);
  }

  /** Pushes as often; default 60 s, from 1 s to 1 h. */
  public OtlpPush every(Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "otlp.interval: " + time + " (expected: " + SHORTEST + " to " + LONGEST + ")");
    }
    interval = time;
    return this;
  }

  /** Sends a header, such as {@code Authorization}; it is never logged. */
  public OtlpPush header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  void start(FeatureContext context, MeterRegistry registry) {
    OtlpHttpMetricExporterBuilder exporter =
        OtlpHttpMetricExporter.builder().setEndpoint(endpoint.toString()).setTimeout(TIMEOUT);
    headers.forEach(exporter::addHeader);
    CountedPushes pushes = new CountedPushes(exporter.build());
    context.instruments().publish(Metrics.TELEMETRY_DROPPED, pushes::failed, "metrics");
    context.onStart(() -> {
      SdkMeterProvider provider = SdkMeterProvider.builder()
          .setResource(Tracing.resource(context.identity(), context.environment()))
          .registerMetricProducer(new OtlpMetrics(registry, context.time()))
          .registerMetricReader(
              PeriodicMetricReader.builder(pushes).setInterval(interval).build())
          .build();
      context.onClose(CloseStage.TELEMETRY, "OTLP metrics", () -> provider
          .shutdown()
          .join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    });
  }
}
