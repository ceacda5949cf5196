package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnrecordedSpanTest {

  private static final ContextKey<Call> CALL = ContextKey.named("call");
  private static final ContextKey<String> OTHER = ContextKey.named("other");
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Context CALLER = Context.root()
      .with(Span.wrap(SpanContext.createFromRemoteParent(
          TRACE_ID,
          "00f067aa0ba902b7",
          TraceFlags.fromByte((byte) 2),
          TraceState.builder().put("a", "1").build())))
      .with(Baggage.builder().put("user", "ann").build());

  private record Call(Context parent, String getSpanId) implements UnrecordedSpan {
    @Override
    public ContextKey<Call> ownKey() {
      return CALL;
    }
  }

  private final Call call = new Call(CALLER, "00f067aa0ba902b8");
  private final Call inner = new Call(call, "00f067aa0ba902b9");

  @Test
  void itIsTheSpanThatItsContextHolds() {
    assertThat(Span.fromContext(call)).isSameAs(call);
    assertThat(call.get(CALL)).isSameAs(call);
    assertThat(Baggage.fromContext(inner).getEntryValue("user")).isEqualTo("ann");
    assertThat(inner.get(OTHER)).isNull();
    assertThat(UnrecordedSpan.isIn(inner)).isTrue();
    assertThat(UnrecordedSpan.isIn(CALLER)).isFalse();
  }

  @Test
  void itIsInItsParentsTraceUnderAnIdOfItsOwn() {
    Map<String, String> sent = new HashMap<>();

    Propagators.w3c().inject(inner, sent, Map::put);

    assertThat(sent)
        .containsEntry("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b9-02")
        .containsEntry("tracestate", "a=1")
        .containsEntry("baggage", "user=ann");
    assertThat(inner.isSampled()).isFalse();
    assertThat(inner.isRecording()).isFalse();
  }

  @Test
  void whatIsAddedToItsContextHidesNothing() {
    Context more = inner.with(OTHER, "x");

    assertThat(more.get(OTHER)).isEqualTo("x");
    assertThat(Span.fromContext(more)).isSameAs(inner);
    assertThat(more.get(CALL)).isSameAs(inner);
    assertThat(Baggage.fromContext(more).getEntryValue("user")).isEqualTo("ann");
    assertThat(Span.fromContext(inner.with(Span.getInvalid()))).isSameAs(Span.getInvalid());
  }

  @Test
  void theEndOfItsScopeBringsBackWhatWasCurrent() {
    try (Scope caller = CALLER.makeCurrent()) {
      try (Scope first = call.makeCurrent()) {
        try (Scope second = inner.makeCurrent()) {
          try (Scope again = inner.makeCurrent()) {
            assertThat(Span.current()).isSameAs(inner);
          }
          assertThat(Span.current()).isSameAs(inner);
        }
        assertThat(Span.current()).isSameAs(call);
      }
      assertThat(Context.current()).isSameAs(CALLER);
      Context other = CALLER.with(OTHER, "x");
      try (Scope elsewhere = other.makeCurrent();
          Scope hopped = inner.makeCurrent()) {
        assertThat(Span.current()).isSameAs(inner);
      }
      assertThat(Context.current()).isSameAs(CALLER);
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void whatIsDoneToItDoesNothing() {
    call.setAttribute("a", "b")
        .addEvent("c")
        .recordException(new IllegalStateException())
        .updateName("d")
        .end();

    assertThat(call.getSpanContext()).isSameAs(call);
  }
}
