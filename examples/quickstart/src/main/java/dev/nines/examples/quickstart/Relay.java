package dev.nines.examples.quickstart;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Calls others on the client's behalf, with the trace context of the request: what the W3C's test harness for trace context
 * asks of a service at {@code POST /test}.
 *
 * @see <a href="https://github.com/w3c/trace-context/tree/main/test">The harness</a>
 */
final class Relay {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  Relay(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer("quickstart");
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  /** Posts each of {@code [{"url":…,"arguments":…}]}, one after the other, and answers what came of them. */
  Answer test(Request request) throws IOException, InterruptedException {
    List<Map<String, Object>> results = new ArrayList<>();
    for (Call call : Call.all(request.json())) {
      results.add(Map.of("url", call.url(), "result", send(call)));
    }
    return Answer.json(200, results);
  }

  /** These are nobody's dependency: no guard, but a span of its own, and the trace goes along. */
  private Object send(Call call) throws InterruptedException {
    Span span = tracer.spanBuilder("POST").setSpanKind(SpanKind.CLIENT).startSpan();
    try (Scope scope = span.makeCurrent()) {
      return http.send(traced(call), BodyHandlers.discarding()).statusCode();
    } catch (IOException failure) {
      LOG.warn("{} can't be reached: {}", call.url(), failure.toString());
      return "unreachable";
    } finally {
      span.end();
    }
  }

  private HttpRequest traced(Call call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.url())
        .timeout(LONGEST_CALL)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(call.arguments().toString()));
    propagator.inject(Context.current(), request, HttpRequest.Builder::setHeader);
    return request.build();
  }

  /** One call to make. Only this machine's own addresses are called, lest strangers send us elsewhere. */
  private record Call(URI url, JsonNode arguments) {

    static List<Call> all(JsonNode json) {
      if (!json.isArray()) {
        throw Problem.badRequest("body (expected: an array of {\"url\", \"arguments\"})");
      }
      return json.valueStream().map(Call::from).toList();
    }

    private static Call from(JsonNode json) {
      if (!json.path("url").isString() || !json.has("arguments")) {
        throw Problem.badRequest(
            "body: a call without url or arguments (expected: {\"url\", \"arguments\"})");
      }
      return new Call(url(json.path("url").stringValue()), json.get("arguments"));
    }

    private static URI url(String text) {
      try {
        URI url = URI.create(text);
        if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
          return url;
        }
      } catch (IllegalArgumentException | IOException malformed) {
        LOG.debug("Refused a URL", malformed);
      }
      throw Problem.badRequest("url (expected: http or https to a loopback address)");
    }
  }
}
