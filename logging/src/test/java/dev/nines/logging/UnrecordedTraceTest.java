package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.TraceRules;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Lines of requests whose span nobody records, whatever their callers send. */
class UnrecordedTraceTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  };

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));
  private final RouteTable routes = new RouteTable(ReliabilityTargets.builder()
      .traces(new TraceRules(TraceRules.Trust.CALLERS, BigDecimal.TEN, true, true))
      .build());
  private final Requests requests = new Requests(
      service.identity(),
      TimeSource.system(),
      Tracing.fromEnvironment(service.identity(), Map.of(), TimeSource.system()),
      routes,
      List.of());

  @AfterEach
  void closeTheService() {
    service.close();
  }

  private JsonNode lineOf(Map<String, String> headers) {
    Exchange exchange = requests.begin(HttpMethod.GET, routes.route("/orders"), headers, GETTER);
    try (Scope current = exchange.context().makeCurrent()) {
      LoggerFactory.getLogger("shop").info("picked");
    }
    exchange.end(200);
    return lines.only();
  }

  @Test
  void aLineSaysTraceSpanAndRequest() {
    JsonNode line = lineOf(
        Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-00", "X-Request-Id", "r-1"));

    assertThat(line.get("trace_id").asString()).isEqualTo(TRACE_ID);
    assertThat(line.get("span_id").asString())
        .matches("[0-9a-f]{16}")
        .isNotEqualTo("00f067aa0ba902b7");
    assertThat(line.get("request_id").asString()).isEqualTo("r-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE_ID + "-00f067aa0ba902b7-01\n{\"level\":\"ERROR\"}",
        "00-" + TRACE_ID + "-00f067aa0ba902b7-01\0",
        "00-4bf92f3577b34da6\r\n3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473\u00e9-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473\u0661-00f067aa0ba902b7-01",
        "\u001b[31m"
      })
  void whatACallerForgesStandsOnNoLine(String forged) {
    JsonNode line = lineOf(Map.of(
        "traceparent", forged, "tracestate", forged, "baggage", forged, "X-Request-Id", forged));

    assertThat(line.get("trace_id").asString()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE_ID);
    assertThat(line.get("request_id").asString()).matches("[0-9a-f]{32}");
    assertThat(line.toString()).doesNotContain("ERROR", "\\u0000", "\\u001b", "\u00e9");
  }

  @Test
  void headersOfAMegabyteCostNoMoreThanReadingThem() {
    String long1 = "00-" + TRACE_ID + "-00f067aa0ba902b7-01-" + "x".repeat(1_000_000);
    JsonNode line =
        lineOf(Map.of("traceparent", long1, "tracestate", "a=" + long1, "baggage", "a=" + long1));

    assertThat(line.get("trace_id").asString()).isNotEqualTo(TRACE_ID);
    assertThat(line.toString()).hasSizeLessThan(1_000);
  }
}
