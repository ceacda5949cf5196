package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.budget.BudgetState;
import dev.nines.request.Exchange;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.testing.OtlpReceiver;
import dev.nines.testing.TestRequests;
import dev.nines.trace.Tracing;
import dev.nines.trace.UnrecordedSpan;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that head sampling left out and that broke its target, with its guarded calls, as a receiver gets them. */
class KeptCallsTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1", "test", "one");
  private static final Dependency PAYMENTS = Dependency.optional("payments");
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Map<String, String> UNSAMPLED =
      Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-00");

  private final ManualTime time = new ManualTime();
  private final OtlpReceiver receiver = OtlpReceiver.start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void aKeptRequestsGuardedCallsAreExportedBelowItUnderTheIdsThatWereSent() {
    Map<String, String> sent = new HashMap<>();
    try (Tracing tracing = Tracing.fromEnvironment(SHOP, receiver.variables(), time);
        Dependencies dependencies = dependencies(tracing)) {
      TestRequests requests = new TestRequests(TestGuard.targets(), time, tracing, null);
      Guard guard = dependencies.guard("payments");
      Exchange good = requests.begin("GET /good", UNSAMPLED);
      try (Scope current = good.context().makeCurrent()) {
        guard.call(() -> "answer");
        good.end(200);
      }
      Exchange bad = requests.begin("GET /bad", UNSAMPLED);
      try (Scope current = bad.context().makeCurrent()) {
        guard.run(() -> tracing.propagator().inject(Context.current(), sent, Map::put));
        assertThatThrownBy(() -> guard.run(() -> {
              throw new IllegalStateException("no");
            }))
            .hasMessage("no");
        assertThat(guard.callAsync(() -> CompletableFuture.completedStage("later")))
            .isCompletedWithValue("later");
        bad.fail(500, new IllegalStateException("no"));
      }
    }

    List<Span> spans = receiver.spans();
    Span server =
        spans.stream().filter(s -> s.getName().equals("GET /bad")).findFirst().orElseThrow();
    List<Span> calls =
        spans.stream().filter(s -> s.getName().equals("payments")).toList();
    assertThat(spans).as("none of the good request").hasSize(4);
    assertThat(OtlpReceiver.hex(server.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(calls).hasSize(3).allSatisfy(call -> {
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(OtlpReceiver.hex(call.getTraceId())).isEqualTo(TRACE_ID);
      assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
    });
    assertThat(sent.get("traceparent"))
        .isEqualTo("00-" + TRACE_ID + "-" + OtlpReceiver.hex(calls.get(0).getSpanId()) + "-00");
    assertThat(calls)
        .extracting(call -> OtlpReceiver.attribute(call, "error.type"))
        .containsExactly("", "java.lang.IllegalStateException", "");
  }

  @Test
  void callsWithinCallsAndBelowContextsOfTheUsersAreNotRecordedEither() {
    ContextKey<String> own = ContextKey.named("own");
    List<io.opentelemetry.api.trace.Span> current = new ArrayList<>();
    try (Tracing tracing = Tracing.fromEnvironment(SHOP, receiver.variables(), time);
        Dependencies dependencies = dependencies(tracing)) {
      TestRequests requests = new TestRequests(TestGuard.targets(), time, tracing, null);
      Guard guard = dependencies.guard("payments");
      Exchange exchange = requests.begin("GET /good", UNSAMPLED);
      try (Scope served = exchange.context().makeCurrent()) {
        guard.run(() -> guard.run(() -> current.add(io.opentelemetry.api.trace.Span.current())));
        try (Scope users = Context.current().with(own, "x").makeCurrent()) {
          guard.run(() -> current.add(io.opentelemetry.api.trace.Span.current()));
        }
        exchange.end(200);
      }
    }

    assertThat(receiver.spans()).isEmpty();
    assertThat(current).hasSize(2).allSatisfy(span -> {
      assertThat(span).isInstanceOf(UnrecordedSpan.class);
      assertThat(span.getSpanContext().getTraceId()).isEqualTo(TRACE_ID);
      assertThat(span.getSpanContext().isSampled()).isFalse();
    });
    assertThat(current.get(0).getSpanContext().getSpanId())
        .isNotEqualTo(current.get(1).getSpanContext().getSpanId());
  }

  private Dependencies dependencies(Tracing tracing) {
    return Dependencies.of(
        List.of(PAYMENTS),
        TestGuard.derive(TestGuard.targets(), PAYMENTS),
        () -> BudgetState.NORMAL,
        time,
        tracing,
        new EventBus(),
        new Instruments());
  }
}
