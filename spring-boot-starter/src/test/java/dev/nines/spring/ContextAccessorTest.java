package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

class ContextAccessorTest {

  private static final ContextKey<String> WHOSE = ContextKey.named("whose");
  private static final Context OURS = Context.root().with(WHOSE, "ours");
  private static final Context THEIRS = Context.root().with(WHOSE, "theirs");

  private static ContextSnapshot snapshotOf(Context context) {
    ContextRegistry registry = new ContextRegistry();
    registry.registerThreadLocalAccessor(new ContextAccessor());
    try (Scope current = context.makeCurrent()) {
      return ContextSnapshotFactory.builder().contextRegistry(registry).build().captureAll();
    }
  }

  @Test
  void whatIsRestoredIsGoneAfterwards() {
    ContextSnapshot ours = snapshotOf(OURS);
    try (ContextSnapshot.Scope restored = ours.setThreadLocals()) {
      assertThat(Context.current()).isSameAs(OURS);
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void whatWasThereBeforeIsThereAgain() {
    ContextSnapshot ours = snapshotOf(OURS);
    try (Scope current = THEIRS.makeCurrent()) {
      try (ContextSnapshot.Scope restored = ours.setThreadLocals()) {
        assertThat(Context.current()).isSameAs(OURS);
      }
      assertThat(Context.current()).isSameAs(THEIRS);
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }
}
