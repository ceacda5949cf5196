package dev.nines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.CallFailure;
import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.Dependency;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a service leaves out while its error budget is exhausted, from the builder to the guards. */
class BrownoutTest {

  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  @Test
  void anExhaustedBudgetShedsWhatIsDeclaredAndNothingElse() {
    ManualTime time = new ManualTime();
    try (Nines nines = Nines.builder("orders")
        .targets(TARGETS)
        .time(time)
        .dependency(Dependency.optional("recommendations").shedWhenExhausted())
        .dependency(Dependency.optional("payments"))
        .start()) {
      assertThat(tried(nines, "recommendations")).isEqualTo(CallOutcome.SUCCESS);

      new TestRequests(TARGETS, time, OpenTelemetry.noop(), nines.budget())
          .serve("GET /", 500, 1_000);
      time.advance(Duration.ofHours(8));
      await().until(() -> nines.budget().state() == BudgetState.EXHAUSTED);

      assertThat(tried(nines, "recommendations")).isEqualTo(CallOutcome.SHED);
      assertThat(tried(nines, "payments")).isEqualTo(CallOutcome.SUCCESS);
    }
  }

  private static CallOutcome tried(Nines nines, String dependency) {
    return nines.guard(dependency).callOr(() -> CallOutcome.SUCCESS, CallFailure::outcome);
  }
}
