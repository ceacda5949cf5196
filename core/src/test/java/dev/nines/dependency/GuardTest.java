package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static dev.nines.dependency.TestGuard.closedBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.Exchange;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardTest {

  private static final class CardDeclined extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private record Heard(CallOutcome outcome, @Nullable String errorType, long nanos) {}

  private final List<Heard> heard = new ArrayList<>();

  private TestGuard listened(TestGuard it) {
    it.dependencies.listen(call -> {
      assertThat(call.guard()).isSameAs(it.guard);
      heard.add(new Heard(call.outcome(), call.errorType(), call.durationNanos()));
    });
    return it;
  }

  @Test
  void aResultComesBackAndItsTimeIsTold() {
    try (TestGuard it = listened(closedBreaker())) {
      String answer = it.guard.call(() -> {
        it.advance(Duration.ofMillis(7));
        return "answer";
      });
      assertThat(answer).isEqualTo("answer");
      assertThat(heard).containsExactly(new Heard(CallOutcome.SUCCESS, null, 7_000_000));
    }
  }

  @Test
  void aCheckedExceptionArrivesAsItIs() {
    IOException thrown = new IOException("reset");
    try (TestGuard it = listened(closedBreaker())) {
      assertThatThrownBy(() -> it.guard.call(() -> {
            throw thrown;
          }))
          .isSameAs(thrown);
      assertThatThrownBy(() -> it.guard.run(() -> {
            throw thrown;
          }))
          .isSameAs(thrown);
      assertThat(heard)
          .containsOnly(new Heard(CallOutcome.FAILURE, "java.io.IOException", 0))
          .hasSize(2);
    }
  }

  @Test
  void anErrorPassesTheFallbackAndCountsAsFailure() {
    AssertionError thrown = new AssertionError();
    try (TestGuard it = listened(closedBreaker())) {
      assertThatThrownBy(() -> it.guard.callOr(
              () -> {
                throw thrown;
              },
              reason -> "fallback"))
          .isSameAs(thrown);
      assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
    }
  }

  @Test
  void theFallbackSeesTheReason() throws Exception {
    IOException thrown = new IOException("reset");
    try (TestGuard it = closedBreaker()) {
      CallFailure failed = it.guard.<@Nullable CallFailure, IOException>callOr(
          () -> {
            throw thrown;
          },
          reason -> reason);
      assertThat(failed.outcome()).isEqualTo(CallOutcome.FAILURE);
      assertThat(failed.dependency()).isEqualTo(NAME);
      assertThat(failed.cause()).containsSame(thrown);
      assertThat(failed.retryAfter()).isZero();

      it.opened();
      CallFailure refused =
          it.guard.<@Nullable CallFailure, RuntimeException>callOr(() -> null, reason -> reason);
      assertThat(refused.outcome()).isEqualTo(CallOutcome.BREAKER_OPEN);
      assertThat(refused.cause()).get().isInstanceOf(BreakerOpenException.class);
      assertThat(refused.retryAfter()).isPositive();
    }
  }

  @Test
  void whatTheFallbackThrowsArrives() {
    IllegalStateException thrown = new IllegalStateException("no fallback either");
    try (TestGuard it = closedBreaker()) {
      assertThatThrownBy(() -> it.guard.callOr(
              () -> {
                throw new IOException();
              },
              reason -> {
                throw thrown;
              }))
          .isSameAs(thrown);
    }
  }

  @Test
  void anExceptionThatIsNoFailureNeitherOpensNorFallsBack() {
    Dependency declared = Dependency.optional(NAME).failureIf(e -> !(e instanceof CardDeclined));
    try (TestGuard it = listened(closedBreaker(declared))) {
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> it.guard.callOr(
                () -> {
                  throw new CardDeclined();
                },
                reason -> "pending"))
            .isInstanceOf(CardDeclined.class);
        it.advance(Duration.ofMillis(100));
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      assertThat(heard).containsOnly(new Heard(CallOutcome.SUCCESS, null, 0));
    }
  }

  @Test
  void aResultThatCountsAsFailureOpensAndIsReturned() {
    Dependency declared = Dependency.optional(NAME).failureResultIf("maintenance"::equals);
    try (TestGuard it = closedBreaker(declared)) {
      assertThat(it.guard.callOr(() -> "maintenance", reason -> reason.outcome().label()))
          .isEqualTo("failure");
      for (int i = 0; i < 4; i++) {
        it.advance(Duration.ofMillis(500));
        assertThat(it.guard.call(() -> "maintenance")).isEqualTo("maintenance");
      }
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void aPredicateThatThrowsMeansFailure() {
    Dependency declared = Dependency.optional(NAME).failureIf(e -> {
      throw new IllegalArgumentException();
    });
    try (TestGuard it = listened(closedBreaker(declared))) {
      assertThat(it.fail()).isEqualTo(CallOutcome.FAILURE);
    }
  }

  @Test
  void anInterruptOfTheCallersIsNeitherSuccessNorFailure() {
    try (TestGuard it = listened(closedBreaker())) {
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> it.guard.callOr(
                () -> {
                  throw new InterruptedException();
                },
                reason -> "fallback"))
            .isInstanceOf(InterruptedException.class);
        it.advance(Duration.ofMillis(500));
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      assertThat(heard).extracting(Heard::outcome).containsOnly(CallOutcome.CANCELLED);
    }
  }

  @Test
  void aFlagThatTheCallerSetStaysSet() {
    try (TestGuard it = listened(closedBreaker())) {
      Thread.currentThread().interrupt();
      assertThat(it.guard.call(() -> "done")).isEqualTo("done");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.SUCCESS);
    }
  }

  @Test
  void aListenersFailureReachesNobodyAndIsCounted() {
    try (TestGuard it = closedBreaker()) {
      it.dependencies.listen(call -> {
        throw new IllegalStateException("broken listener");
      });
      it.dependencies.listen(call -> {
        throw new NoClassDefFoundError("a library that is not there");
      });
      listened(it);
      assertThat(it.guard.call(() -> "answer")).isEqualTo("answer");
      assertThat(heard).hasSize(1);
      assertThat(it.dependencies.listenerFailures()).isEqualTo(2);
    }
  }

  @Test
  void aStageCompletesTheFutureWithItsExceptionUnwrapped() {
    IOException thrown = new IOException("reset");
    try (TestGuard it = listened(closedBreaker())) {
      CompletableFuture<String> good =
          it.guard.callAsync(() -> CompletableFuture.supplyAsync(() -> "answer", Runnable::run));
      assertThat(good).isCompletedWithValue("answer");
      CompletableFuture<String> bad = it.guard.callAsync(
          () -> CompletableFuture.<String>failedFuture(thrown).thenApply(String::trim));
      assertThatThrownBy(bad::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isSameAs(thrown);
      assertThat(heard)
          .containsExactly(
              new Heard(CallOutcome.SUCCESS, null, 0),
              new Heard(CallOutcome.FAILURE, "java.io.IOException", 0));
    }
  }

  @Test
  void aBodyThatThrowsOrReturnsNoStageFailsTheFuture() {
    try (TestGuard it = listened(closedBreaker())) {
      assertThatThrownBy(it.guard.<String>callAsync(() -> {
            throw new IllegalStateException("no stage");
          })::join)
          .hasRootCauseMessage("no stage");
      assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
    }
  }

  @Test
  void anOpenBreakerFailsTheFutureAtOnce() {
    try (TestGuard it = TestGuard.openBreaker()) {
      CompletableFuture<String> refused = it.guard.callAsync(CompletableFuture::new);
      assertThatThrownBy(refused::join).hasCauseInstanceOf(BreakerOpenException.class);
    }
  }

  @Test
  void cancellingTheFutureCancelsTheStageAndCountsAsNeither() {
    try (TestGuard it = listened(closedBreaker())) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<String> future = it.guard.callAsync(() -> stage);
      assertThat(future.cancel(true)).isTrue();
      assertThat(stage).isCancelled();
      assertThat(heard).containsExactly(new Heard(CallOutcome.CANCELLED, "cancelled", 0));
    }
  }

  @Test
  void aStageThatSomebodyElseCancelsCountsAsNeither() {
    try (TestGuard it = listened(closedBreaker())) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<String> future = it.guard.callAsync(() -> stage);
      stage.cancel(true);
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.CANCELLED);
    }
  }

  @Test
  void theInnerCallInheritsTheOuterOnesTime() {
    try (TestGuard it = listened(closedBreaker(Dependency.required(NAME)))) {
      it.guard.run(() -> {
        it.advance(Duration.ofMillis(450));
        it.guard.http(http(), attempt -> {
          assertThat(attempt.remaining()).isEqualTo(Duration.ofMillis(150));
          return "";
        });
      });
    }
  }

  @Test
  void anInnerCallWithoutTimeLeftIsNotMade() {
    try (TestGuard it = listened(closedBreaker(Dependency.required(NAME)))) {
      it.guard.run(() -> {
        it.advance(Duration.ofMillis(600));
        assertThatThrownBy(() -> it.guard.call(() -> {
              throw new AssertionError("called");
            }))
            .isInstanceOf(DeadlineExceededException.class)
            .hasMessage("payments: not called, its caller has no time left; its breaker is closed");
      });
      assertThat(heard)
          .extracting(Heard::outcome)
          .containsExactly(CallOutcome.EXPIRED, CallOutcome.TIMEOUT);
    }
  }

  @Test
  void aCallGetsNoMoreTimeThanItsRequestHasLeft() {
    try (TestGuard it = listened(closedBreaker(Dependency.required(NAME)))) {
      Exchange request = request(it, Duration.ofMillis(700));
      try (var current = request.context().makeCurrent()) {
        it.advance(Duration.ofMillis(600));
        assertThat(remaining(it)).isEqualTo(Duration.ofMillis(100));
        request.deadline(Duration.ofSeconds(5));
        assertThat(remaining(it)).as("the shortest stands").isEqualTo(Duration.ofMillis(100));
      }
    }
  }

  @Test
  void aCallOfARequestWhoseTimeIsOverIsNotMade() {
    try (TestGuard it = listened(closedBreaker())) {
      Exchange request = request(it, Duration.ofMillis(700));
      try (var current = request.context().makeCurrent()) {
        it.advance(Duration.ofMillis(700));
        assertThat(it.tried()).isEqualTo(CallOutcome.EXPIRED);
        request.end(504);
        assertThat(it.tried())
            .as("what outlives its request has time of its own")
            .isEqualTo(CallOutcome.SUCCESS);
      }
      assertThat(it.eventTypes()).containsExactly("calls_refused");
      assertThat(it.events.get(0).message())
          .isEqualTo("Refused 1 call to payments: no time was left of the caller's");
    }
  }

  private static Exchange request(TestGuard it, Duration deadline) {
    Exchange request =
        new TestRequests(TestGuard.targets(), it.time, OpenTelemetry.noop()).begin("GET /orders");
    request.deadline(deadline);
    return request;
  }

  private static Duration remaining(TestGuard it) {
    return it.guard.http(http(), Attempt::remaining);
  }

  @Test
  void whatOutlivesItsCallHasTimeOfItsOwn() {
    try (TestGuard it = listened(closedBreaker())) {
      var leaked = it.guard.call(io.opentelemetry.context.Context::current);
      it.advance(Duration.ofSeconds(5));
      try (var scope = leaked.makeCurrent()) {
        assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
      }
    }
  }

  private static <T> HttpCall<T> http() {
    return new HttpCall<>(
        dev.nines.request.HttpMethod.GET, java.net.URI.create("http://pay/"), answer -> 200);
  }
}
