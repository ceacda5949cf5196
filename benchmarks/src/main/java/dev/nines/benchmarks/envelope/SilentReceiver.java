package dev.nines.benchmarks.envelope;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;

/**
 * A receiver of spans that takes the first batch and never answers: the queue fills, and each further span is dropped. So
 * spans are recorded as in production, and no exporter at work is measured with them.
 */
final class SilentReceiver implements AutoCloseable {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ServerSocket socket;

  SilentReceiver() {
    try {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what Nines exports by. */
  Map<String, String> environment() {
    String millis = Long.toString(HOUR.toMillis());
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint(),
        "OTEL_EXPORTER_OTLP_TIMEOUT", millis,
        "OTEL_BSP_EXPORT_TIMEOUT", millis);
  }

  /** Returns what exports the other stacks' spans in the same way. */
  SpanProcessor processor() {
    SpanExporter exporter = OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint() + "/v1/traces")
        .setTimeout(HOUR)
        .build();
    return BatchSpanProcessor.builder(exporter).setExporterTimeout(HOUR).build();
  }

  private String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
