package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.budget.BudgetState;
import dev.nines.request.Exchange;
import dev.nines.request.RequestListener;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.OtlpReceiver;
import dev.nines.testing.TestRequests;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request of a sampled trace and its guarded calls, as a receiver gets them, by the machine's clock. */
class SampledRequestTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1", "test", "one");
  private static final Dependency PAYMENTS = Dependency.optional("payments");
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Map<String, String> SAMPLED =
      Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01", "tracestate", "vendor=1");

  private final TimeSource time = TimeSource.system();
  private final OtlpReceiver receiver = OtlpReceiver.start();
  private final List<Long> measured = new ArrayList<>();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private List<Span> served() {
    try (Tracing tracing = Tracing.fromEnvironment(SHOP, receiver.variables(), time);
        Dependencies dependencies = Dependencies.of(
            List.of(PAYMENTS),
            TestGuard.derive(TestGuard.targets(), PAYMENTS),
            () -> BudgetState.NORMAL,
            time,
            tracing,
            new EventBus(),
            new Instruments())) {
      RequestListener measuring = exchange -> measured.add(exchange.durationNanos());
      Requests requests = new Requests(
          SHOP, time, tracing, new RouteTable(TestGuard.targets()), List.of(measuring));
      dependencies.listen(call -> measured.add(call.durationNanos()));
      Guard guard = dependencies.guard("payments");
      Exchange exchange = TestRequests.begin(requests, "GET /orders", SAMPLED);
      try (Scope current = exchange.context().makeCurrent()) {
        guard.call(() -> "answer");
        assertThat(guard.callAsync(() -> CompletableFuture.completedStage("later")))
            .isCompletedWithValue("later");
        exchange.end(200);
      }
    }
    return receiver.spans().stream()
        .sorted(Comparator.comparing(Span::getEndTimeUnixNano))
        .toList();
  }

  private static long took(Span span) {
    return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
  }

  @Test
  void spansTakeToTheNanosecondWhatIsMeasured() {
    assertThat(served())
        .extracting(SampledRequestTest::took)
        .containsExactlyElementsOf(measured)
        .hasSize(3);
  }

  @Test
  void theyTellTheTimeOfDayAndCallsLieWithinTheirRequest() {
    Instant before = time.now();
    List<Span> spans = served();
    Instant after = time.now();

    Span server = spans.get(2);
    Duration off = Duration.ofMillis(20); // the wall clock is read once in 10 ms
    assertThat(at(server.getStartTimeUnixNano())).isBetween(before.minus(off), after.plus(off));
    assertThat(spans.subList(0, 2)).allSatisfy(call -> {
      assertThat(call.getStartTimeUnixNano()).isGreaterThanOrEqualTo(server.getStartTimeUnixNano());
      assertThat(call.getEndTimeUnixNano()).isLessThanOrEqualTo(server.getEndTimeUnixNano());
    });
  }

  @Test
  void theyAreInTheCallersTraceWithWhatItSent() {
    List<Span> spans = served();

    Span server = spans.get(2);
    assertThat(server.getName()).isEqualTo("GET /orders");
    assertThat(OtlpReceiver.hex(server.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(OtlpReceiver.attribute(server, "http.request.method")).isEqualTo("GET");
    assertThat(OtlpReceiver.attribute(server, "http.route")).isEqualTo("/orders");
    assertThat(OtlpReceiver.attribute(server, "http.response.status_code")).isEqualTo("200");
    assertThat(spans).allSatisfy(span -> {
      assertThat(OtlpReceiver.hex(span.getTraceId())).isEqualTo(TRACE_ID);
      assertThat(span.getTraceState()).isEqualTo("vendor=1");
    });
    assertThat(spans.subList(0, 2)).allSatisfy(call -> {
      assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
      assertThat(OtlpReceiver.attribute(call, "peer.service")).isEqualTo("payments");
    });
  }

  private static Instant at(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
