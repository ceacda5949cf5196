package dev.nines.trace;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** OTLP over HTTP in batches, where the environment names an endpoint. The defaults are OpenTelemetry's own. */
final class SpanExport {

  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
  private static final String TRACES_ENDPOINT = PREFIX + "TRACES_ENDPOINT";
  private static final String ENDPOINT = PREFIX + "ENDPOINT";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SCHEDULE_DELAY = Duration.ofSeconds(5);
  private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(30);
  private static final int QUEUE = 2048;
  private static final int BATCH = 512;

  private SpanExport() {}

  static Optional<SpanProcessor> of(Variables variables, LongAdder dropped) {
    String exporter = variables.choice("otlp", Set.of("otlp", "none"), "OTEL_TRACES_EXPORTER");
    return endpoint(variables)
        .filter(endpoint -> exporter.equals("otlp"))
        .map(endpoint -> batches(variables, exporter(variables, endpoint, dropped), dropped));
  }

  private static Optional<String> endpoint(Variables variables) {
    Optional<String> own = variables.text(TRACES_ENDPOINT).map(e -> url(TRACES_ENDPOINT, e));
    return own.isPresent()
        ? own
        : variables.text(ENDPOINT).map(e -> url(ENDPOINT, e)).map(SpanExport::tracesBelow);
  }

  private static String tracesBelow(String base) {
    return base.endsWith("/") ? base + "v1/traces" : base + "/v1/traces";
  }

  private static String url(String name, String value) {
    String shown = value.replaceFirst("//[^/]*@", "//…@"); // a password is not shown
    try {
      URI uri = URI.create(value);
      if (uri.getHost() != null
          && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw Variables.invalid(name, shown, "a URL such as http://localhost:4318");
    }
    throw Variables.invalid(name, shown, "a URL such as http://localhost:4318");
  }

  private static SpanExporter exporter(Variables variables, String endpoint, LongAdder dropped) {
    variables.choice(
        "http/protobuf", Set.of("http/protobuf"), PREFIX + "TRACES_PROTOCOL", PREFIX + "PROTOCOL");
    ComponentLoader found =
        ComponentLoader.forClassLoader(OtlpHttpSpanExporter.class.getClassLoader());
    OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
        .setComponentLoader(new PartialSuccess(found, dropped))
        .setEndpoint(endpoint)
        .setTimeout(variables.millis(TIMEOUT, PREFIX + "TRACES_TIMEOUT", PREFIX + "TIMEOUT"))
        .setCompression(variables.choice(
            "none", Set.of("none", "gzip"), PREFIX + "TRACES_COMPRESSION", PREFIX + "COMPRESSION"));
    variables.pairs(PREFIX + "TRACES_HEADERS", PREFIX + "HEADERS").forEach(builder::addHeader);
    trust(variables, builder);
    return builder.build();
  }

  private static void trust(Variables variables, OtlpHttpSpanExporterBuilder builder) {
    String[] names = {PREFIX + "TRACES_CERTIFICATE", PREFIX + "CERTIFICATE"};
    variables.first(names).ifPresent(file -> {
      try {
        builder.setTrustedCertificates(Files.readAllBytes(Path.of(file)));
      } catch (IOException e) {
        throw Variables.invalid(variables.nameOf(names), file, "a readable PEM file", e);
      }
    });
  }

  private static SpanProcessor batches(
      Variables variables, SpanExporter exporter, LongAdder dropped) {
    int queue = variables.count(QUEUE, "OTEL_BSP_MAX_QUEUE_SIZE");
    int batch = variables.count(Math.min(BATCH, queue), "OTEL_BSP_MAX_EXPORT_BATCH_SIZE");
    if (batch > queue) {
      throw Variables.invalid(
          "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", batch, "at most OTEL_BSP_MAX_QUEUE_SIZE, " + queue);
    }
    SpanLosses losses = new SpanLosses(queue, dropped);
    return losses.counting(BatchSpanProcessor.builder(losses.counting(exporter))
        .setMaxQueueSize(queue)
        .setMaxExportBatchSize(batch)
        .setScheduleDelay(variables.millis(SCHEDULE_DELAY, "OTEL_BSP_SCHEDULE_DELAY"))
        .setExporterTimeout(variables.millis(BATCH_TIMEOUT, "OTEL_BSP_EXPORT_TIMEOUT"))
        .build());
  }
}
