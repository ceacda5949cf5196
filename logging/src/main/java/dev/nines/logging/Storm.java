package dev.nines.logging;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One message of one logger, how many more of it may be written, and how many were not. Thread-safe. */
final class Storm {

  /** What may come at once, in seconds' worth of the rate: the first of a storm tell what it is. */
  static final int BURST_SECONDS = 10;

  /** One that has used less than this may give its place to another. */
  private static final int HARDLY_USED = 8;

  private final String logger;
  private final String template;
  private final @Nullable String thrown;
  private final int level;

  /** The second of the last change and, in the lower half, how many lines may come: changed together. */
  private final AtomicLong bucket;

  private final AtomicLong suppressed = new AtomicLong();
  private volatile long suppressedSince;

  Storm(String logger, String template, @Nullable String thrown, int level, long second, int rate) {
    this.logger = logger;
    this.template = template;
    this.thrown = thrown;
    this.level = level;
    this.bucket = new AtomicLong(packed(second, BURST_SECONDS * rate));
  }

  boolean is(String byLogger, String message, @Nullable String withThrown) {
    return template.equals(message)
        && logger.equals(byLogger)
        && (thrown == null ? withThrown == null : thrown.equals(withThrown));
  }

  /** Returns whether one more line may come in this second, and counts it. */
  boolean admit(long second, int rate) {
    while (true) {
      long before = bucket.get();
      int lines = lines(before, second, rate);
      if (lines == 0) {
        return false;
      }
      if (bucket.compareAndSet(before, packed(second, lines - 1))) {
        return true;
      }
    }
  }

  /** Returns how many may come; a clock that was set back fills as one that has moved by a second. */
  private static int lines(long bucket, long second, int rate) {
    long elapsed = second - (bucket >>> Integer.SIZE);
    long more = elapsed < 0 ? 1 : Math.min(elapsed, BURST_SECONDS);
    return (int) Math.min((int) bucket + more * rate, (long) BURST_SECONDS * rate);
  }

  private static long packed(long second, int lines) {
    return second << Integer.SIZE | lines;
  }

  boolean mayGo(long second, int rate) {
    return suppressed.get() == 0
        && lines(bucket.get(), second, rate) >= BURST_SECONDS * rate - HARDLY_USED;
  }

  /** Counts a line that is not written. */
  void suppress(long millis) {
    if (suppressed.getAndIncrement() == 0) {
      suppressedSince = millis;
    }
  }

  boolean hasSuppressed() {
    return suppressed.get() > 0;
  }

  /** Returns how many were not written since the last call. */
  long takeSuppressed() {
    return suppressed.getAndSet(0);
  }

  long suppressedSince() {
    return suppressedSince;
  }

  String logger() {
    return logger;
  }

  String template() {
    return template;
  }

  @Nullable
  String thrown() {
    return thrown;
  }

  int level() {
    return level;
  }
}
