package dev.nines.benchmarks.envelope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * A receiver of spans that takes the first batch and never answers: the queue fills, and each further span is dropped. So
 * spans are recorded as in production, and no exporter at work is measured with them.
 */
final class SilentReceiver implements AutoCloseable {

  private static final String HOUR = "3600000";

  private final ServerSocket socket;

  SilentReceiver() {
    try {
      socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + socket.getLocalPort(),
        "OTEL_EXPORTER_OTLP_TIMEOUT", HOUR,
        "OTEL_BSP_EXPORT_TIMEOUT", HOUR);
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
