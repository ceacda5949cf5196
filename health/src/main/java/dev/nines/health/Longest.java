package dev.nines.health;

import java.time.Duration;

/** The last and the longest of some lengths of time. Thread-safe; one writer at a time. */
final class Longest {

  private volatile Duration last = Duration.ZERO;
  private volatile Duration longest = Duration.ZERO;

  void add(Duration length) {
    last = length;
    if (length.compareTo(longest) > 0) {
      longest = length;
    }
  }

  /** Returns the last; zero before the first. */
  Duration last() {
    return last;
  }

  /** Returns the longest; zero before the first. */
  Duration longest() {
    return longest;
  }
}
