package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ErrorBudgetPropertiesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Steps are whole minutes, so that samples lie exactly at the windows' beginnings. */
  @Property(tries = 200)
  void burnIsTheShareOfBadRequestsByTheShareAllowed(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 255) Integer> steps,
      @ForAll @IntRange(min = 1, max = 200) int allowedPerMille) {
    BigDecimal allowed = BigDecimal.valueOf(allowedPerMille, 3);
    ReliabilityTargets targets = ReliabilityTargets.builder().errorRate(allowed).build();
    ManualTime time = new ManualTime();
    ErrorBudget budget = new ErrorBudget(Settings.derive(targets), time);
    TestRequests requests = new TestRequests(targets, time, OpenTelemetry.noop(), budget);
    List<long[]> history = new ArrayList<>(); // minute, good, bad
    long minute = 0;
    for (int step : steps) {
      minute += step % 16;
      time.advance(MINUTE.multipliedBy(step % 16));
      requests.serve("GET /", 200, step / 64).serve("GET /", 500, step / 16 % 4);
      history.add(new long[] {minute, step / 64, step / 16 % 4});
    }
    for (BurnWindow window :
        List.of(BurnWindow.FIVE_MINUTES, BurnWindow.ONE_HOUR, BurnWindow.SIX_HOURS)) {
      double expected =
          badShare(history, minute - window.length.toMinutes()) / allowed.doubleValue();
      assertThat(budget.burnRate("errors", "default", window.length))
          .as(window.label)
          .isCloseTo(expected, within(1e-9));
    }
    double overall = badShare(history, -1) / allowed.doubleValue();
    assertThat(budget.remaining("errors", "default")).isCloseTo(1 - overall, within(1e-9));
  }

  /** What lies exactly on the beginning belongs to the window. */
  private static double badShare(List<long[]> history, long since) {
    long good = 0;
    long bad = 0;
    for (long[] step : history) {
      if (step[0] >= since) {
        good += step[1];
        bad += step[2];
      }
    }
    return good + bad == 0 ? 0 : (double) bad / (good + bad);
  }
}
