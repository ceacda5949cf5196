package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.DependencySettings;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a breaker in one state. It is the permit of the calls that it admits: a result counts only in the era that
 * admitted its call, so a call from before an outage tells nothing about the recovery.
 *
 * <p>The trial's counts are guarded by the breaker's lock; all else is immutable or thread-safe.
 */
final class Era {

  final BreakerState state;
  final long since;

  /** When the breaker was last seen closed; what an operator calls the outage began then. */
  final long brokenSince;

  /** CLOSED: the windows. */
  final @Nullable CallHistory history;

  /** OPEN: when the wait is over. */
  final long retryAt;

  /** HALF_OPEN: the results of the trial. */
  private int good;

  private int bad;

  private Era(
      BreakerState state,
      long since,
      long brokenSince,
      @Nullable CallHistory history,
      long retryAt) {
    this.state = state;
    this.since = since;
    this.brokenSince = brokenSince;
    this.history = history;
    this.retryAt = retryAt;
  }

  static Era closed(DependencySettings settings, long now) {
    return new Era(BreakerState.CLOSED, now, now, new CallHistory(settings, now), now);
  }

  Era open(long now, long waitNanos) {
    return new Era(BreakerState.OPEN, now, beginning(now), null, now + waitNanos);
  }

  Era halfOpen(long now) {
    return new Era(BreakerState.HALF_OPEN, now, beginning(now), null, now);
  }

  private long beginning(long now) {
    return state == BreakerState.CLOSED ? now : brokenSince;
  }

  void tried(boolean wasBad) {
    if (wasBad) {
      bad++;
    } else {
      good++;
    }
  }

  int good() {
    return good;
  }

  int bad() {
    return bad;
  }

  int tried() {
    return good + bad;
  }
}
