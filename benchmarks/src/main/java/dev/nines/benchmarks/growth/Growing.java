package dev.nines.benchmarks.growth;

import java.util.List;

/** What there are more and more of. */
enum Growing {
  ROUTES(1, 10, 100, 1_000),
  DEPENDENCIES(1, 10, 50, 200),
  CHECKS(1, 10, 100),
  THREADS(1, 8, 64, 512, 2_000),
  VIRTUAL_THREADS(1, 8, 64, 512, 2_000);

  private final List<Integer> counts;

  Growing(Integer... counts) {
    this.counts = List.of(counts);
  }

  List<Integer> counts() {
    return counts;
  }

  /** Returns the first and the last. */
  List<Integer> ends() {
    return List.of(counts.get(0), counts.get(counts.size() - 1));
  }

  /** Returns whether this JVM has it. */
  boolean possible() {
    return this != VIRTUAL_THREADS || Runtime.version().feature() >= 21;
  }

  String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
