package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static dev.nines.dependency.TestGuard.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nines.request.ErrorKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkheadTest {

  /** A peak of 20 calls a second, each of at most 300 ms: 6 under way on average, and room for 21. */
  private final TestGuard it = TestGuard.closedBreaker(
      targets().toBuilder().peakRequestsPerSecond(new BigDecimal("20")).build(),
      Dependency.optional(NAME));

  private final int most = it.guard.settings().bulkhead().orElseThrow();
  private final List<CompletableFuture<String>> underWay = new ArrayList<>();

  @AfterEach
  void close() {
    it.close();
  }

  private void fill() {
    while (underWay.size() < most) {
      underWay.add(it.guard.callAsync(CompletableFuture::new));
    }
  }

  private double used() {
    return it.guard.protection().bulkhead().usedRatio();
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnceAndTheDependencyIsNotCalled() {
    fill();
    BulkheadFullException refused = catchThrowableOfType(
        BulkheadFullException.class,
        () -> it.guard.call(() -> {
          throw new AssertionError("called");
        }));
    assertThat(refused)
        .hasMessage("payments: not called, all " + most
            + " calls at a time that its bulkhead allows are under way; its breaker is closed");
    assertThat(refused.calls()).isEqualTo(most);
    assertThat(refused.errorKind()).isEqualTo(ErrorKind.REJECTED);
    assertThat(it.guard.count(CallOutcome.REJECTED)).isEqualTo(1);
    assertThatThrownBy(it.guard.callAsync(CompletableFuture::new)::join)
        .hasCauseInstanceOf(BulkheadFullException.class);
  }

  @Test
  void theFallbackServesAndHearsTheReason() {
    fill();
    assertThat(it.tried()).isEqualTo(CallOutcome.REJECTED);
  }

  @Test
  void whoeverLeavesMakesRoomHoweverItEnded() {
    fill();
    assertThat(used()).isEqualTo(1);
    underWay.get(0).cancel(true);
    assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
    assertThat(it.fail()).isEqualTo(CallOutcome.FAILURE);
    assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
    underWay.forEach(future -> future.cancel(true));
    assertThat(used()).isZero();
    it.opened();
    assertThat(it.tried()).isEqualTo(CallOutcome.BREAKER_OPEN);
    assertThatThrownBy(it.guard.<String>callAsync(CompletableFuture::new)::join)
        .hasCauseInstanceOf(BreakerOpenException.class);
    assertThat(used()).isZero();
  }

  @Test
  void aCallInsideACallWithoutTimeLeftKeepsNoRoom() {
    it.guard.run(() -> {
      it.advance(Duration.ofMillis(300));
      assertThat(it.tried()).isEqualTo(CallOutcome.EXPIRED);
    });
    assertThat(used()).isZero();
  }

  @Test
  void refusalsAreToldOnceWithTheirReasonAndThenSummedUp() {
    fill();
    for (int i = 0; i < 100; i++) {
      it.tried();
    }
    it.advance(Duration.ofSeconds(10));
    it.tried();
    assertThat(it.events)
        .extracting(event -> event.message())
        .startsWith("Refused 1 call to payments: as many are under way as its bulkhead allows");
    assertThat(it.events)
        .extracting(event -> event.type() + " " + event.fields().get("reason") + " "
            + event.fields().get("calls"))
        .startsWith("calls_refused rejected 1", "calls_refused rejected 100");
  }

  @Test
  void withoutADeclaredPeakAnyNumberFits() {
    try (TestGuard unbounded = TestGuard.closedBreaker()) {
      List<CompletableFuture<String>> many = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        many.add(unbounded.guard.callAsync(CompletableFuture::new));
      }
      assertThat(many).noneMatch(CompletableFuture::isDone);
    }
  }
}
