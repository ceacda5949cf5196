package dev.nines.budget;

import java.math.BigDecimal;
import java.util.concurrent.atomic.LongAdder;

/**
 * One promise of one route class, with the events that kept it and those that broke it. Thread-safe.
 */
final class Objective {

  /** The name of the objective that says how many requests may fail. */
  static final String ERRORS = "errors";

  final String name;
  final String routeClass;
  final double target;
  final double allowedBad;

  /** All that its counts depend on, as text. */
  final String promise;

  /** Requests that kept all promises of their class, which are nearly all: counted once, for all its objectives. */
  private final LongAdder keptAll;

  private final LongAdder good = new LongAdder();
  private final LongAdder bad = new LongAdder();

  /** Those of the bad that took far longer than was promised; latency only. */
  final LongAdder slow = new LongAdder();

  /** Place of its counters in the samples, good before bad. */
  final int slot;

  Objective(
      String name,
      String routeClass,
      BigDecimal allowedBad,
      String kept,
      int slot,
      LongAdder keptAll) {
    this.name = name;
    this.routeClass = routeClass;
    this.target = BigDecimal.ONE.subtract(allowedBad).doubleValue();
    this.allowedBad = allowedBad.doubleValue();
    this.promise = name + " of " + routeClass + ": " + kept + ", but for "
        + allowedBad.stripTrailingZeros().toPlainString();
    this.slot = slot;
    this.keptAll = keptAll;
  }

  /** Returns how many kept it. */
  long good() {
    return keptAll.sum() + good.sum();
  }

  /** Returns how many broke it. */
  long bad() {
    return bad.sum();
  }

  /** Counts one that did not keep all promises. */
  void count(boolean kept) {
    (kept ? good : bad).increment();
  }
}
