package dev.nines.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What was counted within the last minutes, hours or days: the counters now less the counters then.
 *
 * <p>A window reaches back to the last sample at or before its beginning, so that it never misses what it promises to
 * hold: it is longer by less than a minute up to {@link #FINE}, and by less than a coarse step beyond.
 *
 * <p>Memory is fixed at start: see {@link #bytes}. Thread-safe.
 */
final class Windows {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The longest window that minute samples answer. */
  private static final Duration FINE = Duration.ofHours(6);

  /** Coarse samples per longest window; with a window of 30 days one an hour. */
  private static final int COARSE = 720;

  static final int MOST_ROWS = (int) (FINE.toMinutes() + 3 + COARSE + 3);

  private final Duration longest;
  private final int counters;
  private final int seenCounter;
  private final CounterSamples minutes;
  private final CounterSamples coarse;

  /** Turns the monotonic clock into nanoseconds since 1970; fixed, so that a clock that is set moves no sample. */
  private final long offsetNanos;

  private final long startNanos;
  private volatile long nextSampleNanos;

  Windows(List<Objective> objectives, Duration window, long nowNanos, Instant now) {
    Duration threeDays = BurnWindow.THREE_DAYS.length;
    this.longest = window.compareTo(threeDays) > 0 ? window : threeDays;
    this.startNanos = nanos(now);
    this.offsetNanos = startNanos - nowNanos;
    List<LongSupplier> counted = new ArrayList<>();
    for (Objective objective : objectives) {
      counted.add(objective::good);
      counted.add(objective::bad);
    }
    counted.add(() -> 0); // what this instance has seen itself follows from its start
    this.counters = counted.size();
    this.seenCounter = counters - 1;
    LongSupplier[] all = counted.toArray(LongSupplier[]::new);
    this.minutes = new CounterSamples(all, MINUTE.toNanos(), FINE.toNanos(), startNanos);
    this.coarse = new CounterSamples(all, coarseStep(longest), longest.toNanos(), startNanos);
    this.nextSampleNanos = nextMinute(startNanos);
  }

  /**
   * Returns how many bytes the samples take at most: two longs per objective, and one more, for each of 363 minute samples
   * and of at most 723 coarse ones.
   */
  static int bytes(int objectives) {
    return MOST_ROWS * (2 * objectives + 1) * Long.BYTES;
  }

  /** Writes down the counters if a minute has passed; else costs one volatile read. Call before counting. */
  void sample(long nowNanos) {
    if (nowNanos - nextSampleNanos >= 0) {
      advance(nowNanos + offsetNanos);
    }
  }

  /** Returns what an objective counted within {@code window}, which is at most the longest that is kept. */
  synchronized Counts within(Duration window, Objective objective, long nowNanos) {
    CounterSamples samples = samples(window);
    sample(nowNanos);
    long since = nowNanos + offsetNanos - window.toNanos();
    return new Counts(
        objective.good() - samples.at(since, objective.slot),
        objective.bad() - samples.at(since, objective.slot + 1));
  }

  /** Returns how much of {@code window} was seen, by this instance or by whoever told of the past. */
  synchronized double coverage(Duration window, long nowNanos) {
    CounterSamples samples = samples(window);
    sample(nowNanos);
    long now = nowNanos + offsetNanos;
    long seen = Math.min(now - startNanos, window.toNanos())
        - samples.at(now - window.toNanos(), seenCounter);
    return Math.min(1, (double) seen / window.toNanos());
  }

  /** Takes over what was counted before the start; call before anything is counted. */
  synchronized void restore(Past past) {
    for (int counter = 0; counter < counters; counter++) {
      minutes.restore(counter, past);
      coarse.restore(counter, past);
    }
  }

  /** Returns what was counted up to now, as the next start needs it: each minute at first, each coarse step later. */
  synchronized Past past(List<Objective> objectives, long nowNanos) {
    sample(nowNanos);
    long now = nowNanos + offsetNanos;
    List<Long> moments = new ArrayList<>(List.of(now));
    List<long[]> since = new ArrayList<>(List.of(new long[counters]));
    for (long moment : minutes.moments()) {
      add(moments, since, moment, minutes, objectives);
    }
    for (long moment : coarse.moments()) {
      add(moments, since, moment, coarse, objectives);
    }
    return new Past(
        moments.stream().mapToLong(Long::longValue).toArray(), since.toArray(long[][]::new));
  }

  private void add(
      List<Long> moments,
      List<long[]> since,
      long moment,
      CounterSamples samples,
      List<Objective> objectives) {
    if (moment >= moments.get(moments.size() - 1)) {
      return; // told more finely already
    }
    long[] counted = new long[counters];
    for (Objective objective : objectives) {
      int slot = objective.slot;
      counted[slot] = objective.good() - samples.at(moment, slot);
      counted[slot + 1] = objective.bad() - samples.at(moment, slot + 1);
    }
    long seen = moments.get(0) - Math.max(moment, startNanos);
    counted[seenCounter] = seen - samples.at(moment, seenCounter);
    moments.add(moment);
    since.add(counted);
  }

  private synchronized void advance(long now) {
    minutes.advance(now);
    coarse.advance(now);
    long next = nextMinute(now);
    if (next - nextSampleNanos > 0) {
      nextSampleNanos = next;
    }
  }

  private CounterSamples samples(Duration window) {
    if (window.isNegative() || window.isZero() || window.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "window: " + window + " (expected: above 0 s, at most " + longest + ")");
    }
    return window.compareTo(FINE) > 0 ? coarse : minutes;
  }

  /** Returns when the next whole minute begins, on the monotonic clock. */
  private long nextMinute(long now) {
    return (Math.floorDiv(now, MINUTE.toNanos()) + 1) * MINUTE.toNanos() - offsetNanos;
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** A multiple of a minute, so that a minute's sample is due whenever a coarse one is. */
  private static long coarseStep(Duration longest) {
    long minutes = (longest.toMinutes() + COARSE - 1) / COARSE;
    return MINUTE.multipliedBy(minutes).toNanos();
  }
}
