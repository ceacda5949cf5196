package dev.nines.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Whose counts a history is asked for.
 *
 * @param service name of the service
 * @param objectives in the order of their slots
 * @param window the budget's window
 * @param now when it is asked
 */
record Ledger(String service, List<Objective> objectives, Duration window, Instant now) {

  /** Returns {@link #now} in nanoseconds since 1970. */
  long nowNanos() {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** Returns what the counts mean; counts of other promises are of no use. */
  String promises() {
    return objectives.stream()
        .map(objective -> objective.promise)
        .collect(Collectors.joining("\n", "window " + window + "\n", ""));
  }

  /** Returns how many counters each moment of a {@link Past} has. */
  int counters() {
    return 2 * objectives.size() + 1;
  }
}
