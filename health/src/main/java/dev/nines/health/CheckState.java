package dev.nines.health;

import dev.nines.dependency.CheckResult;
import dev.nines.derive.CheckTimings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check: immutable, and replaced as a whole with each result.
 *
 * <p>Hysteresis: a known condition gets worse only after {@code failuresToUnhealthy} results in a row that are at least
 * that bad, and better only after {@code successesToHealthy} that are at least that good. An unknown one has nothing to
 * keep: the first result that is not unhealthy decides it at once, and since traffic waits for it anyway, a first failure,
 * as of a cold start, need not.
 *
 * @param condition what holds
 * @param since date of the last change of condition
 * @param sinceNanos the same on the monotonic clock
 * @param message of the last result
 * @param streaks how alike the last results were
 * @param resultNanos when the last result came, on the monotonic clock
 * @param durationNanos how long the last run took
 * @param lastSuccess date of the last healthy result; null before the first
 * @param servedNanos when the last run began whose result was not unhealthy: what failed since, failed after this
 */
record CheckState(
    Condition condition,
    Instant since,
    long sinceNanos,
    String message,
    Streaks streaks,
    long resultNanos,
    long durationNanos,
    @Nullable Instant lastSuccess,
    long servedNanos) {

  /** Results in a row, up to the last one, that were of a kind. */
  record Streaks(int unhealthy, int notHealthy, int healthy, int notUnhealthy) {

    static final Streaks NONE = new Streaks(0, 0, 0, 0);

    Streaks with(CheckResult.Status status) {
      boolean well = status == CheckResult.Status.HEALTHY;
      boolean ill = status == CheckResult.Status.UNHEALTHY;
      return new Streaks(
          ill ? unhealthy + 1 : 0,
          well ? 0 : notHealthy + 1,
          well ? healthy + 1 : 0,
          ill ? 0 : notUnhealthy + 1);
    }
  }

  static CheckState unknown(Instant date, long nanos) {
    return new CheckState(Condition.UNKNOWN, date, nanos, "", Streaks.NONE, nanos, 0, null, nanos);
  }

  /** Returns the state after one more result, that came at {@code nanos}, which was {@code date}. */
  CheckState after(CheckResult result, long took, long nanos, Instant date, CheckTimings timings) {
    Streaks longer = streaks.with(result.status());
    Condition next = next(result, longer, timings);
    boolean changed = next != condition;
    return new CheckState(
        next,
        changed ? date : since,
        changed ? nanos : sinceNanos,
        Failures.bounded(result.message()),
        longer,
        nanos,
        took,
        result.status() == CheckResult.Status.HEALTHY ? date : lastSuccess,
        result.status() == CheckResult.Status.UNHEALTHY ? servedNanos : nanos - took);
  }

  private Condition next(CheckResult result, Streaks after, CheckTimings timings) {
    boolean provenIll = after.unhealthy >= timings.failuresToUnhealthy();
    boolean provenNotWell = after.notHealthy >= timings.failuresToUnhealthy();
    boolean provenWell = after.healthy >= timings.successesToHealthy();
    boolean provenNotIll = after.notUnhealthy >= timings.successesToHealthy();
    return switch (condition) {
      case UNKNOWN ->
        provenIll || result.status() != CheckResult.Status.UNHEALTHY
            ? Condition.of(result.status())
            : Condition.UNKNOWN;
      case HEALTHY ->
        provenIll ? Condition.UNHEALTHY : provenNotWell ? Condition.DEGRADED : Condition.HEALTHY;
      case DEGRADED ->
        provenIll ? Condition.UNHEALTHY : provenWell ? Condition.HEALTHY : Condition.DEGRADED;
      case UNHEALTHY ->
        provenWell ? Condition.HEALTHY : provenNotIll ? Condition.DEGRADED : Condition.UNHEALTHY;
    };
  }

  /** Returns the condition as a reader must take it at {@code nanos}: a result that is too old proves nothing. */
  Condition at(long nanos, Duration staleAfter) {
    return stale(nanos, staleAfter) ? Condition.UNHEALTHY : condition;
  }

  /** Returns whether anything came back yet. */
  boolean looked() {
    return !streaks.equals(Streaks.NONE);
  }

  boolean stale(long nanos, Duration staleAfter) {
    return condition != Condition.UNKNOWN && nanos - resultNanos > staleAfter.toNanos();
  }
}
