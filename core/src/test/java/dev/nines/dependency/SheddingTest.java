package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.TestRequests;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SheddingTest {

  private static final Dependency SHEDDABLE =
      Dependency.optional(TestGuard.NAME).shedWhenExhausted();

  private final TestGuard it = TestGuard.closedBreaker(SHEDDABLE);

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void nothingIsShedWhileBudgetIsLeft() {
    assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
    assertThat(it.guard.count(CallOutcome.SHED)).isZero();
  }

  @Test
  void theFallbackServesAndHearsTheReason() {
    it.exhausted = true;
    CallFailure reason = it.guard.<@Nullable CallFailure, RuntimeException>callOr(
        () -> {
          throw new AssertionError("called");
        },
        failure -> failure);

    assertThat(reason.outcome()).isEqualTo(CallOutcome.SHED);
    assertThat(reason.cause()).get().isInstanceOf(CallShedException.class);
    assertThat(reason.retryAfter()).isZero();
  }

  @Test
  void aCallWithoutFallbackThrows() {
    it.exhausted = true;

    assertThatThrownBy(() -> it.guard.call(() -> {
          throw new AssertionError("called");
        }))
        .isInstanceOf(CallShedException.class)
        .hasMessage("payments: not called, the service's error budget is exhausted; its breaker is"
            + " closed");
    assertThatThrownBy(() -> it.guard.run(() -> {
          throw new AssertionError("called");
        }))
        .isInstanceOf(CallShedException.class);
  }

  @Test
  void anAsynchronousCallFailsAtOnce() {
    it.exhausted = true;
    CompletableFuture<String> shed = it.guard.callAsync(() -> {
      throw new AssertionError("called");
    });

    assertThat(shed).isCompletedExceptionally();
    assertThatThrownBy(shed::join).hasCauseInstanceOf(CallShedException.class);
  }

  @Test
  void callsGoThroughAgainAsSoonAsTheBudgetIsNoLongerExhausted() {
    it.exhausted = true;
    assertThat(it.tried()).isEqualTo(CallOutcome.SHED);

    it.exhausted = false;
    assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
  }

  @Test
  void byDefaultNothingIsShed() {
    try (TestGuard plain = TestGuard.closedBreaker(Dependency.optional(TestGuard.NAME))) {
      plain.exhausted = true;
      assertThat(plain.tried()).isEqualTo(CallOutcome.SUCCESS);
    }
  }

  @Test
  void aRequiredDependencyIsRefused() {
    assertThatThrownBy(() -> Dependency.required("orders-db").shedWhenExhausted())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dependencies.orders-db.shedWhenExhausted: true (expected: false, for the"
            + " service cannot serve without a required dependency; declare it by"
            + " Dependency.optional)");
  }

  @Test
  void otherOptionsKeepTheDeclaration() {
    Dependency declared = SHEDDABLE
        .deadline(Duration.ofMillis(200))
        .failureIf(thrown -> true)
        .failureResultIf(result -> false);

    assertThat(declared.sheddable()).isTrue();
  }

  @Test
  void theBreakerLearnsNothingOfWhatIsShed() {
    it.exhausted = true;
    for (int i = 0; i < 1_000; i++) {
      assertThat(it.fail()).isEqualTo(CallOutcome.SHED);
      it.advance(Duration.ofMillis(250));
    }
    assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(it.eventTypes()).containsOnly("calls_refused");
    assertThat(it.guard.count(CallOutcome.SHED)).isEqualTo(1_000);

    it.exhausted = false;
    it.opened();
    assertThat(it.guard.count(CallOutcome.FAILURE))
        .as("as many failures open it as without the shed calls")
        .isEqualTo(failuresThatOpen());
  }

  private static long failuresThatOpen() {
    try (TestGuard open = TestGuard.openBreaker()) {
      return open.guard.count(CallOutcome.FAILURE);
    }
  }

  @Test
  void whatIsShedTakesNoTrialCallOfAHalfOpenBreaker() {
    it.opened();
    it.advance(it.guard.retryAfter());
    it.guard.probeSucceeded();
    it.exhausted = true;
    for (int i = 0; i < 100; i++) {
      assertThat(it.tried()).isEqualTo(CallOutcome.SHED);
    }

    it.exhausted = false;
    assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
  }

  @Test
  void aRequestThatFailsForItWasRefusedAndOneWithAFallbackWasNot() {
    it.exhausted = true;
    TestRequests requests =
        new TestRequests(ReliabilityTargets.threeNines(), it.time, OpenTelemetry.noop());
    Exchange failed = requests.begin("GET /");
    try (Scope current = failed.context().makeCurrent()) {
      assertThatThrownBy(it::succeed).isInstanceOf(CallShedException.class);
      failed.end(503);
    }
    Exchange served = requests.begin("GET /");
    try (Scope current = served.context().makeCurrent()) {
      it.tried();
      served.end(500);
    }

    assertThat(failed.errorKind()).isEqualTo(ErrorKind.REJECTED);
    assertThat(served.errorKind()).isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void theRequestsSpanTellsWhatWasShed() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build())
        .build();
    try (sdk;
        Dependencies traced = Dependencies.of(
            List.of(SHEDDABLE),
            TestGuard.derive(TestGuard.targets(), SHEDDABLE).dependencies(),
            () -> BudgetState.EXHAUSTED,
            TimeSource.system(),
            Tracing.using(sdk),
            new EventBus(),
            () -> 0.5,
            nanos -> {})) {
      Span server = sdk.getTracer("test").spanBuilder("server").startSpan();
      try (Scope current = server.makeCurrent()) {
        traced.guard(TestGuard.NAME).callOr(() -> "recommended", reason -> "none");
      }
      server.end();

      assertThat(exporter.getFinishedSpanItems())
          .singleElement()
          .satisfies(span -> assertThat(span.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("shed");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("nines.dependency")))
                .isEqualTo(TestGuard.NAME);
          }));
    }
  }
}
