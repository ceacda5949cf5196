package dev.nines.logging;

import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.request.IpLiteral;
import dev.nines.request.Outcome;
import dev.nines.telemetry.ServiceIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended, as its access line tells of it.
 *
 * @param verdict what is thought of it
 * @param texts what the client said
 */
record RequestEntry(Exchange exchange, Verdict verdict, ClientTexts texts) implements LineFields {

  /**
   * What is thought of a request.
   *
   * @param broken whether it broke what its route promises
   * @param sampleRate the share of such requests that have a line
   * @param debugOmitted how many of its DEBUG lines are missing
   */
  record Verdict(boolean broken, double sampleRate, int debugOmitted) {}

  private static final int NANOS_PER_MICRO = 1000;

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
    if (line.layout() == Layout.NINES) {
      writeFlat(line);
    } else {
      writeEcs(line);
    }
  }

  private void writeFlat(Line line) {
    error(line);
    line.own(OwnField.METHOD, exchange.method().label());
    line.own(OwnField.ROUTE, exchange.route().template());
    present(line, OwnField.PATH, texts.path());
    present(line, OwnField.QUERY, texts.query());
    if (exchange.status() > 0) {
      line.own(OwnField.STATUS, exchange.status());
    }
    line.own(OwnField.OUTCOME, exchange.outcome().label());
    line.thousandths(OwnField.DURATION_MS, exchange.durationNanos() / NANOS_PER_MICRO);
    size(line, OwnField.REQUEST_BYTES, exchange.requestBytes());
    size(line, OwnField.RESPONSE_BYTES, exchange.responseBytes());
    present(line, OwnField.CLIENT, texts.client());
    present(line, OwnField.USER_AGENT, texts.userAgent());
    verdict(line);
  }

  /** Writes in the order of ECS's objects, none of which may be begun twice. */
  private void writeEcs(Line line) {
    line.ecs(EcsField.EVENT_KIND, "event");
    line.ecs(EcsField.EVENT_CATEGORY, List.of("web"));
    line.ecs(EcsField.EVENT_TYPE, List.of("access"));
    line.ecs(EcsField.EVENT_OUTCOME, ecsOutcome());
    line.ecs(EcsField.EVENT_DURATION, exchange.durationNanos());
    error(line);
    line.ecs(EcsField.REQUEST_METHOD, exchange.method().label());
    size(line, EcsField.REQUEST_BYTES, exchange.requestBytes());
    if (exchange.status() > 0) {
      line.ecs(EcsField.RESPONSE_STATUS, exchange.status());
    }
    size(line, EcsField.RESPONSE_BYTES, exchange.responseBytes());
    present(line, EcsField.URL_PATH, texts.path());
    present(line, EcsField.URL_QUERY, texts.query());
    client(line);
    present(line, EcsField.USER_AGENT, texts.userAgent());
    line.own(OwnField.ROUTE, exchange.route().template());
    line.own(OwnField.OUTCOME, exchange.outcome().label());
    verdict(line);
  }

  /** Writes what neither ECS nor OpenTelemetry has a name for. */
  private void verdict(Line line) {
    if (!texts.headers().isEmpty()) {
      line.own(OwnField.REQUEST_HEADERS, texts.headers());
    }
    line.own(OwnField.SLO_BROKEN, verdict.broken);
    if (verdict.sampleRate < 1) {
      line.own(OwnField.SAMPLE_RATE, verdict.sampleRate);
    }
    if (verdict.debugOmitted > 0) {
      line.own(OwnField.DEBUG_OMITTED, verdict.debugOmitted);
    }
  }

  /** Returns how it went for the service: what the caller did wrong himself went well. */
  private String ecsOutcome() {
    Outcome outcome = exchange.outcome();
    if (!outcome.valid()) {
      return "unknown";
    }
    return outcome.bad() ? "failure" : "success";
  }

  private void client(Line line) {
    String address = texts.client();
    if (address != null) {
      line.ecs(EcsField.CLIENT_ADDRESS, address);
      if (IpLiteral.parse(address) != null) { // else Elasticsearch would refuse the event
        line.ecs(EcsField.CLIENT_IP, address);
      }
    }
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
    ErrorKind kind = exchange.errorKind();
    if (kind != null) {
      line.own(OwnField.ERROR_KIND, kind.label());
    }
  }

  private static void present(Line line, OwnField field, @Nullable Object value) {
    if (value != null) {
      line.own(field, value);
    }
  }

  private static void present(Line line, EcsField field, @Nullable Excerpt value) {
    if (value != null) {
      line.ecs(field, value);
    }
  }

  private static void size(Line line, EcsField field, long bytes) {
    if (bytes >= 0) {
      line.ecs(field, bytes);
    }
  }

  private static void size(Line line, OwnField field, long bytes) {
    if (bytes >= 0) {
      line.own(field, bytes);
    }
  }

  /** An exception's message is made by its own code, which belongs to the thread that threw it. */
  @Override
  public int weight() {
    return exchange.error() == null ? texts.length() : Fixed.NOT;
  }

  @Override
  public String toString() {
    return exchange.outcome().label();
  }
}
