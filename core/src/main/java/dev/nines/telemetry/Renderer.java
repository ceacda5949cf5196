package dev.nines.telemetry;

import java.util.function.LongConsumer;

/**
 * Shows instruments to somebody: the metrics module, as a rule. A lambda that reads instruments alone is one, too; it shows
 * no durations and has room for every series.
 */
@FunctionalInterface
public interface Renderer {

  /** Shows one series from now on. */
  void render(Instrument instrument);

  /** Returns where the durations of that series go, in nanoseconds; thread-safe and without allocation. */
  default LongConsumer durations(Durations series) {
    return nanos -> {};
  }

  /** Returns whether that many more series may be made; who is told no, folds them into {@code _OTHER}. */
  default boolean hasRoom(int series) {
    return true;
  }
}
