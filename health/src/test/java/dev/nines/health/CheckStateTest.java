package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.CheckResult;
import dev.nines.derive.CheckTimings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckStateTest {

  private static final CheckTimings TIMINGS = new CheckTimings(
      Duration.ofSeconds(1),
      0.1,
      Duration.ofMillis(500),
      2,
      2,
      Duration.ofMillis(2700),
      Duration.ofMillis(3500));
  private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

  /** Results: h healthy, d degraded, u unhealthy. */
  @ParameterizedTest(name = "after {0} it is {1}")
  @CsvSource({
    "'', UNKNOWN",
    "h, HEALTHY",
    "u, UNKNOWN",
    "uu, UNHEALTHY",
    "uuh, UNHEALTHY",
    "uuhh, HEALTHY",
    "d, DEGRADED",
    "hu, HEALTHY",
    "huu, UNHEALTHY",
    "huhu, HEALTHY",
    "huhuhuhu, HEALTHY",
    "hd, HEALTHY",
    "hdd, DEGRADED",
    "hdu, DEGRADED",
    "hduu, UNHEALTHY",
    "uh, HEALTHY",
    "uuhuhuh, UNHEALTHY",
    "ud, DEGRADED",
    "uud, UNHEALTHY",
    "uudd, DEGRADED",
    "uuhd, DEGRADED",
    "uuddh, DEGRADED",
    "uuddhh, HEALTHY",
    "du, DEGRADED",
    "duu, UNHEALTHY",
    "dh, DEGRADED",
    "dhh, HEALTHY"
  })
  void twoInARowDecideBothWaysAndWhatWasUnknownServesAtOnce(String results, Condition expected) {
    assertThat(after(results).condition()).isEqualTo(expected);
  }

  @Test
  void aResultThatIsTooOldIsUnhealthyAtRead() {
    CheckState state = after("h");
    long limit = state.resultNanos() + TIMINGS.staleAfter().toNanos();

    assertThat(state.at(limit, TIMINGS.staleAfter())).isEqualTo(Condition.HEALTHY);
    assertThat(state.at(limit + 1, TIMINGS.staleAfter())).isEqualTo(Condition.UNHEALTHY);
  }

  @Test
  void sinceMovesWithTheConditionAndNotWithEachResult() {
    assertThat(after("hhu").since()).isEqualTo(DATE.plusSeconds(1));
    assertThat(after("hhuu").since()).isEqualTo(DATE.plusSeconds(4));
    assertThat(after("hhuu").lastSuccess()).isEqualTo(DATE.plusSeconds(2));
  }

  @Test
  void aLongMessageIsCut() {
    CheckState state = CheckState.unknown(DATE, 0)
        .after(CheckResult.unhealthy("x".repeat(10_000)), 0, 0, DATE, TIMINGS);

    assertThat(state.message()).hasSizeLessThan(400);
  }

  private static CheckState after(String results) {
    CheckState state = CheckState.unknown(DATE, 0);
    for (int i = 0; i < results.length(); i++) {
      Duration at = Duration.ofSeconds(i + 1);
      state = state.after(result(results.charAt(i)), 0, at.toNanos(), DATE.plus(at), TIMINGS);
    }
    return state;
  }

  private static CheckResult result(char kind) {
    return switch (kind) {
      case 'h' -> CheckResult.healthy();
      case 'd' -> CheckResult.degraded("d");
      default -> CheckResult.unhealthy("u");
    };
  }
}
