package dev.nines.budget;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was counted within the last minutes, hours or days: the counters now less the counters then.
 *
 * <p>A window reaches back to the last sample at or before its beginning, so that it never misses what it promises to
 * hold: it is longer by less than a minute up to {@link #FINE}, and by less than a coarse step beyond.
 *
 * <p>Memory is fixed at start: two longs for each of 363 minute samples and of at most 723 coarse ones, so at most 17,376
 * bytes per objective. Thread-safe.
 */
final class Windows {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The longest window that minute samples answer. */
  private static final Duration FINE = Duration.ofHours(6);

  /** Coarse samples per longest window; with a window of 30 days one an hour. */
  private static final int COARSE = 720;

  private final Duration longest;
  private final LongAdder[] counters;
  private final CounterSamples minutes;
  private final CounterSamples coarse;
  private final long originNanos;
  private volatile long nextSampleNanos;

  Windows(List<Objective> objectives, Duration window, long originNanos) {
    Duration threeDays = BurnWindow.THREE_DAYS.length;
    this.longest = window.compareTo(threeDays) > 0 ? window : threeDays;
    this.counters = objectives.stream()
        .flatMap(objective -> List.of(objective.good, objective.bad).stream())
        .toArray(LongAdder[]::new);
    this.minutes = new CounterSamples(counters, MINUTE.toNanos(), FINE.toNanos());
    this.coarse = new CounterSamples(counters, coarseStep(longest), longest.toNanos());
    this.originNanos = originNanos;
    this.nextSampleNanos = originNanos + MINUTE.toNanos();
  }

  /** Writes down the counters if a minute has passed; else costs one volatile read. Call before counting. */
  void sample(long nowNanos) {
    if (nowNanos - nextSampleNanos >= 0) {
      advance(nowNanos);
    }
  }

  /** Returns what an objective counted within {@code window}, which is at most the longest that is kept. */
  synchronized Counts within(Duration window, Objective objective, long nowNanos) {
    if (window.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "window: " + window + " (expected: at most " + longest + ")");
    }
    sample(nowNanos);
    long since = nowNanos - originNanos - window.toNanos();
    CounterSamples samples = window.compareTo(FINE) > 0 ? coarse : minutes;
    return new Counts(
        objective.good.sum() - samples.at(since, objective.slot),
        objective.bad.sum() - samples.at(since, objective.slot + 1));
  }

  private synchronized void advance(long nowNanos) {
    long elapsed = nowNanos - originNanos;
    minutes.advance(elapsed);
    coarse.advance(elapsed);
    long next = originNanos + (elapsed / MINUTE.toNanos() + 1) * MINUTE.toNanos();
    if (next - nextSampleNanos > 0) {
      nextSampleNanos = next;
    }
  }

  /** A multiple of a minute, so that a minute's sample is due whenever a coarse one is. */
  private static long coarseStep(Duration longest) {
    long minutes = (longest.toMinutes() + COARSE - 1) / COARSE;
    return MINUTE.multipliedBy(minutes).toNanos();
  }
}
