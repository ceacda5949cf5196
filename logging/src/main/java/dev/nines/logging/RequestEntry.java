package dev.nines.logging;

import dev.nines.request.Exchange;
import dev.nines.telemetry.ServiceIdentity;
import org.jspecify.annotations.Nullable;

/** A request that has ended, as its access line tells of it. */
record RequestEntry(Exchange exchange) implements LineFields {

  private static final int NANOS_PER_MICRO = 1000;
  private static final double MICROS_PER_MILLI = 1000;

  @Override
  public String eventType() {
    return "http_request";
  }

  @Override
  public ServiceIdentity service() {
    return exchange.service();
  }

  @Override
  public void writeTo(Line line) {
    error(line);
    line.field("method", exchange.method().label());
    line.field("route", exchange.route().template());
    text(line, "path", exchange.target());
    if (exchange.status() > 0) {
      line.field("status", exchange.status());
    }
    line.field("outcome", exchange.outcome().label());
    line.field("duration_ms", exchange.durationNanos() / NANOS_PER_MICRO / MICROS_PER_MILLI);
    size(line, "request_bytes", exchange.requestBytes());
    size(line, "response_bytes", exchange.responseBytes());
    text(line, "client", exchange.client());
  }

  /** Tells what went wrong without its stack trace, which the adapter's event of the same trace has. */
  private void error(Line line) {
    String type = exchange.errorType();
    if (type != null) {
      line.standard(StandardField.ERROR_TYPE, type);
    }
    Throwable error = exchange.error();
    if (error != null) {
      line.standard(StandardField.ERROR_MESSAGE, Values.messageOf(error));
    }
  }

  private static void text(Line line, String name, @Nullable String value) {
    if (value != null) {
      line.field(name, value);
    }
  }

  private static void size(Line line, String name, long bytes) {
    if (bytes >= 0) {
      line.field(name, bytes);
    }
  }

  @Override
  public String toString() {
    return exchange.outcome().label();
  }
}
