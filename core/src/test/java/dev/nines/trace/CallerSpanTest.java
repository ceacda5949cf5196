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
import org.junit.jupiter.api.Test;

class CallerSpanTest {

  private static final ContextKey<String> OTHER = ContextKey.named("other");
  private static final TraceState STATE = TraceState.builder().put("a", "1").build();
  private static final Context BAGGAGE =
      Context.root().with(Baggage.builder().put("user", "ann").build());

  private final CallerSpan caller =
      new CallerSpan(BAGGAGE, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03", STATE);

  @Test
  void itIsThePlaceThatItsHeaderNames() {
    SpanContext expected = SpanContext.createFromRemoteParent(
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00f067aa0ba902b7",
        TraceFlags.fromByte((byte) 3),
        STATE);

    assertThat(caller.getTraceId()).isEqualTo(expected.getTraceId());
    assertThat(caller.getSpanId()).isEqualTo(expected.getSpanId());
    assertThat(caller.getTraceIdBytes()).isEqualTo(expected.getTraceIdBytes());
    assertThat(caller.getSpanIdBytes()).isEqualTo(expected.getSpanIdBytes());
    assertThat(caller.getTraceFlags()).isEqualTo(expected.getTraceFlags());
    assertThat(caller.getTraceState()).isEqualTo(expected.getTraceState());
    assertThat(caller.isRemote()).isTrue();
    assertThat(caller.isValid()).isTrue();
    assertThat(caller.isSampled()).isTrue();
    assertThat(caller.isRecording()).isFalse();
  }

  @Test
  void whatCameWithItIsInItsContextAndWhatIsAddedHidesNothing() {
    Context more = caller.with(OTHER, "x");

    assertThat(Baggage.fromContext(caller).getEntryValue("user")).isEqualTo("ann");
    assertThat(more.get(OTHER)).isEqualTo("x");
    assertThat(Span.fromContext(more)).isSameAs(caller);
    assertThat(Baggage.fromContext(more).getEntryValue("user")).isEqualTo("ann");
    assertThat(Span.fromContext(caller.with(Span.getInvalid()))).isSameAs(Span.getInvalid());
  }

  @Test
  void itIsTheCurrentSpanWhereItsContextIsCurrent() {
    try (Scope current = caller.makeCurrent()) {
      assertThat(Context.current()).isSameAs(caller);
      assertThat(Span.current()).isSameAs(caller);
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }
}
