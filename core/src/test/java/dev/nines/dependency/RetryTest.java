package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static dev.nines.dependency.TestGuard.closedBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A required dependency's deadline is 600 ms, its first backoff at most 60 ms, of which chance takes half here. */
@Timeout(60)
class RetryTest {

  private static final Dependency REQUIRED = Dependency.required(NAME);

  private final TestGuard it = closedBreaker(REQUIRED);
  private final Guard idempotent = it.guard.idempotent();
  private final List<CallOutcome> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  RetryTest() {
    it.dependencies.listen(call -> heard.add(call.outcome()));
  }

  @AfterEach
  void close() {
    it.close();
  }

  /** Ten calls earn one repetition. */
  private void earn(int repetitions) {
    for (int i = 0; i < 10 * repetitions; i++) {
      idempotent.call(() -> "");
    }
    heard.clear();
  }

  private String failing(int times) throws IOException {
    if (attempts.incrementAndGet() <= times) {
      throw new IOException("attempt " + attempts);
    }
    return "answer " + attempts;
  }

  private long decided(RetryDecision decision) {
    return it.guard.protection().retries().count(decision);
  }

  @Test
  void eachAttemptIsPartOfTheCallAroundIt() {
    earn(1);
    it.guard.once().run(() -> {
      Call around = Call.current();
      idempotent.call(() -> {
        assertThat(Call.current().enclosing()).isNotNull().isSameAs(around);
        if (attempts.incrementAndGet() == 1) {
          throw new IllegalStateException();
        }
        return "";
      });
    });
    assertThat(attempts).hasValue(2);
  }

  @Test
  void nothingIsRepeatedThatIsNotDeclaredIdempotent() {
    earn(3);
    assertThatThrownBy(() -> it.guard.call(() -> failing(1))).hasMessage("attempt 1");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void anIdempotentCallIsTriedAgainAndCountsOnceAsWhatItCameTo() throws IOException {
    earn(1);
    long before = it.guard.count(CallOutcome.SUCCESS);
    assertThat(idempotent.call(() -> failing(1))).isEqualTo("answer 2");
    assertThat(it.guard.count(CallOutcome.SUCCESS)).isEqualTo(before + 1);
    assertThat(it.guard.count(CallOutcome.FAILURE)).isZero();
    assertThat(heard)
        .as("each attempt was a call to the dependency")
        .containsExactly(CallOutcome.FAILURE, CallOutcome.SUCCESS);
    assertThat(it.pauses).containsExactly(Duration.ofMillis(30));
    assertThat(decided(RetryDecision.RETRIED)).isEqualTo(1);
  }

  @Test
  void aDependencyMayBeDeclaredIdempotentAsAWhole() throws IOException {
    try (TestGuard whole = closedBreaker(REQUIRED.idempotent())) {
      for (int i = 0; i < 10; i++) {
        whole.succeed();
      }
      assertThat(whole.guard.idempotent()).isSameAs(whole.guard);
      assertThat(whole.guard.call(() -> failing(1))).isEqualTo("answer 2");
    }
  }

  @Test
  void aCallThatIsMadeOnceIsNeverRepeatedWhateverIsDeclared() {
    try (TestGuard whole = closedBreaker(REQUIRED.idempotent())) {
      for (int i = 0; i < 10; i++) {
        whole.succeed();
      }
      Guard once = whole.guard.once();
      assertThatThrownBy(() -> once.call(() -> failing(1))).hasMessage("attempt 1");
      assertThat(once.once()).isSameAs(once);
      assertThat(once.idempotent()).isSameAs(whole.guard);
    }
    assertThat(it.guard.once()).isSameAs(it.guard);
  }

  @Test
  void theWaitDoublesAndAfterThreeAttemptsTheLastFailureStands() {
    earn(2);
    assertThatThrownBy(() -> idempotent.call(() -> failing(5))).hasMessage("attempt 3");
    assertThat(it.pauses).containsExactly(Duration.ofMillis(30), Duration.ofMillis(60));
    assertThat(decided(RetryDecision.ATTEMPTS_SPENT)).isEqualTo(1);
    assertThat(it.guard.count(CallOutcome.FAILURE)).isEqualTo(1);
  }

  @Test
  void theFallbackHearsOfTheLastAttempt() throws IOException {
    earn(2);
    String reason = idempotent.callOr(
        () -> failing(5), failure -> failure.cause().orElseThrow().getMessage());
    assertThat(reason).isEqualTo("attempt 3");
  }

  @Test
  void anAnswerThatCountsAsFailureIsRepeatedToo() {
    Dependency declared = REQUIRED.idempotent().failureResultIf("maintenance"::equals);
    try (TestGuard whole = closedBreaker(declared)) {
      for (int i = 0; i < 20; i++) {
        whole.succeed();
      }
      assertThat(whole.guard.call(() -> attempts.incrementAndGet() < 2 ? "maintenance" : "answer"))
          .isEqualTo("answer");
      attempts.set(-5);
      assertThat(whole.guard.call(() -> attempts.incrementAndGet() < 0 ? "maintenance" : "answer"))
          .as("what there is after the last attempt, unchanged")
          .isEqualTo("maintenance");
    }
  }

  @Test
  void neitherAnAnswerNorAnErrorNorWhatIsNoFailureIsRepeated() {
    Dependency declared =
        REQUIRED.idempotent().failureIf(thrown -> !(thrown instanceof IOException));
    try (TestGuard whole = closedBreaker(declared)) {
      for (int i = 0; i < 30; i++) {
        whole.succeed();
      }
      assertThatThrownBy(() -> whole.guard.call(() -> failing(1))).hasMessage("attempt 1");
      assertThatThrownBy(() -> whole.guard.call(() -> {
            throw new AssertionError("a bug");
          }))
          .isInstanceOf(AssertionError.class);
      assertThat(whole.pauses).isEmpty();
      assertThat(whole.guard.count(CallOutcome.FAILURE)).isEqualTo(1);
      assertThat(whole.guard.count(CallOutcome.SUCCESS)).isEqualTo(31);
    }
  }

  @Test
  void repetitionsAddATenthToTheLoadAtMostInEachWindow() throws IOException {
    for (int window = 0; window < 3; window++) {
      long before = decided(RetryDecision.RETRIED);
      for (int i = 0; i < 300; i++) {
        int number = i;
        idempotent.callOr(
            () -> {
              if (number % 4 == 0) {
                throw new IOException("down");
              }
              return "";
            },
            reason -> "");
        it.advance(Duration.ofMillis(99));
      }
      assertThat(decided(RetryDecision.RETRIED) - before).isBetween(25L, 31L);
    }
    assertThat(decided(RetryDecision.BUDGET_SPENT)).isPositive();
    assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void nothingIsSavedUpForALaterWindow() {
    earn(50);
    it.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> idempotent.call(() -> failing(1))).hasMessage("attempt 1");
    assertThat(decided(RetryDecision.BUDGET_SPENT)).isEqualTo(1);
  }

  @Test
  void aSpentBudgetIsToldOnceWithItsReasonAndThenSummedUp() throws IOException {
    for (int i = 0; i < 3; i++) {
      idempotent.callOr(() -> failing(100), reason -> "");
    }
    it.advance(Duration.ofSeconds(10));
    idempotent.callOr(() -> failing(100), reason -> "");
    assertThat(it.events).extracting(event -> event.type()).containsOnly("retries_withheld");
    assertThat(it.events)
        .extracting(event -> event.fields().get("reason") + " " + event.fields().get("calls"))
        .containsExactly("budget_spent 1", "budget_spent 3");
    assertThat(it.events.get(0).message())
        .isEqualTo("Did not repeat 1 failed call to payments: repetitions are their share of the"
            + " load already");
  }

  @Test
  void nothingIsRepeatedWhileTheErrorBudgetBurnsOrIsSpent() throws IOException {
    earn(3);
    it.burning = true;
    assertThatThrownBy(() -> idempotent.call(() -> failing(1))).hasMessage("attempt 1");
    it.exhausted = true;
    assertThatThrownBy(() -> idempotent.call(() -> failing(2))).hasMessage("attempt 2");
    it.burning = false;
    it.exhausted = false;
    assertThat(decided(RetryDecision.BUDGET_BURNING)).isEqualTo(2);
    assertThat(idempotent.callOr(() -> failing(3), reason -> "")).isEqualTo("answer 4");
  }

  @Test
  void anOpenBreakerEndsTheAttemptsAndTheFailureStands() {
    earn(3);
    for (int i = 0; i < 29; i++) {
      it.fail();
      it.advance(Duration.ofMillis(50));
    }
    assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    assertThatThrownBy(() -> idempotent.call(() -> {
          it.opened();
          return failing(1);
        }))
        .hasMessage("attempt 1");
    assertThat(decided(RetryDecision.BREAKER_OPEN)).isEqualTo(1);
    assertThatThrownBy(() -> idempotent.call(() -> failing(0)))
        .isInstanceOf(BreakerOpenException.class);
    assertThat(it.guard.count(CallOutcome.BREAKER_OPEN)).isEqualTo(1);
  }

  @Test
  void aFailureTooCloseToTheDeadlineStands() {
    earn(1);
    assertThatThrownBy(() -> idempotent.call(() -> {
          it.advance(Duration.ofMillis(570));
          return failing(1);
        }))
        .hasMessage("attempt 1");
    assertThat(decided(RetryDecision.NO_TIME)).isEqualTo(1);
  }

  @ParameterizedTest(name = "Retry-After: {0}")
  @CsvSource({
    "'2', 2030",
    "' 0 ', 30",
    "'Thu, 01 Jan 2026 00:00:03 GMT', 3030",
    "'Wed, 31 Dec 2025 00:00:00 GMT', 30",
    "'soon', 30",
    "'-1', 30",
    "'', 30",
  })
  void whatTheDependencyAsksForIsWaitedFor(String header, long millis) {
    try (TestGuard slow = closedBreaker(REQUIRED.idempotent().deadline(Duration.ofSeconds(5)))) {
      earnOf(slow);
      slow.guard.http(answering(HttpMethod.GET, header), attempt -> attempts.incrementAndGet());
      Duration backoff = slow.guard.settings().retry().backoff().dividedBy(2);
      assertThat(slow.pauses).containsExactly(Duration.ofMillis(millis - 30).plus(backoff));
    }
  }

  @Test
  void whatTheDependencyAsksForIsNotWaitedForBeyondTheDeadline() {
    try (TestGuard slow = closedBreaker(REQUIRED.idempotent().deadline(Duration.ofSeconds(5)))) {
      earnOf(slow);
      int answer = slow.guard.http(
          answering(HttpMethod.GET, "99999999999999999999"), attempt -> attempts.incrementAndGet());
      assertThat(answer).isEqualTo(1);
      assertThat(slow.pauses).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, 2", "PUT, 2", "DELETE, 2", "HEAD, 2", "POST, 1", "PATCH, 1"})
  void ofHttpRequestsThoseAreRepeatedWhoseMethodIsIdempotent(HttpMethod method, int expected) {
    try (TestGuard whole = closedBreaker(REQUIRED.idempotent())) {
      earnOf(whole);
      whole.guard.http(answering(method, ""), attempt -> attempts.incrementAndGet());
      assertThat(attempts).hasValue(expected);
    }
  }

  private static void earnOf(TestGuard of) {
    for (int i = 0; i < 10; i++) {
      of.succeed();
    }
  }

  /** The first answer is 503, the next ones 200. */
  private static HttpCall<Integer> answering(HttpMethod method, String retryAfter) {
    return new HttpCall<>(
        method,
        URI.create("http://pay/"),
        answer -> answer == 1 ? 503 : 200,
        HttpCall.isIdempotent(method),
        answer -> retryAfter);
  }

  @Test
  void whoeverInterruptsTheWaitGetsTheFailureAndTheFlag() {
    earn(1);
    it.whilePausing = () -> Thread.currentThread().interrupt();
    assertThatThrownBy(() -> idempotent.call(() -> failing(1))).hasMessage("attempt 1");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRequestThatARepetitionSavedDidNotSufferFromTheCall() throws IOException {
    earn(1);
    TestRequests requests =
        new TestRequests(ReliabilityTargets.threeNines(), it.time, OpenTelemetry.noop());
    Exchange exchange = requests.begin("GET /");
    try (Scope current = exchange.context().makeCurrent()) {
      idempotent.call(() -> failing(1));
      exchange.end(500);
    }
    assertThat(exchange.errorKind()).isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void anAsynchronousCallIsTriedAgain() {
    earn(1);
    List<CompletableFuture<String>> stages = new ArrayList<>();
    CompletableFuture<String> future = idempotent.callAsync(() -> {
      stages.add(new CompletableFuture<>());
      return stages.get(stages.size() - 1);
    });
    stages.get(0).completeExceptionally(new IOException("down"));
    assertThat(future).isNotDone();
    await().until(() -> stages.size() == 2);
    stages.get(1).complete("answer");
    assertThat(future.join()).isEqualTo("answer");
    assertThat(heard).containsExactly(CallOutcome.FAILURE, CallOutcome.SUCCESS);
  }

  @Test
  void cancellingReachesTheAttemptThatIsUnderWay() {
    earn(1);
    List<CompletableFuture<String>> stages = new CopyOnWriteArrayList<>();
    CompletableFuture<String> future = idempotent.callAsync(() -> {
      CompletableFuture<String> stage = new CompletableFuture<>();
      stages.add(stage);
      return stage;
    });
    stages.get(0).completeExceptionally(new IOException("down"));
    await().until(() -> stages.size() == 2);
    future.cancel(true);
    assertThat(stages.get(1)).isCancelled();
    assertThat(it.guard.count(CallOutcome.CANCELLED)).isEqualTo(1);
    assertThat(it.guard.count(CallOutcome.FAILURE)).isZero();
  }

  /** On the machine's clock: the first attempt hangs, and is given up while there is time for another. */
  @Test
  void anAttemptThatHangsIsGivenUpForTheNextOne() throws InterruptedException {
    try (Dependencies real = TestGuard.onSystemTime(hanging())) {
      Guard guard = real.guard(NAME);
      for (int i = 0; i < 10; i++) {
        guard.call(() -> "");
      }
      String answer = guard.<@Nullable String, InterruptedException>callOr(
          () -> {
            if (attempts.incrementAndGet() == 1) {
              new CountDownLatch(1).await();
            }
            return "answer";
          },
          reason -> reason.outcome().label());
      assertThat(answer).isEqualTo("answer");
      assertThat(attempts).hasValue(2);
    }
  }

  @Test
  void withoutABudgetForAnotherTheAttemptHasTheWholeDeadline() {
    try (Dependencies real = TestGuard.onSystemTime(hanging())) {
      Guard guard = real.guard(NAME);
      long begun = System.nanoTime();
      assertThatThrownBy(() -> guard.run(() -> new CountDownLatch(1).await()))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("within its deadline of 1s500ms");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }
  }

  private static Dependency hanging() {
    return REQUIRED.idempotent().deadline(Duration.ofMillis(1500));
  }
}
