package dev.nines;

import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * A task that runs before the service is ready: fill a cache, open connections, make the first calls so that no user has to.
 *
 * <pre>{@code
 * Nines.builder("checkout")
 *     .warmUp(WarmUp.of("catalogue", nines -> catalogue.load()).within(Duration.ofSeconds(20)))
 *     .warmUp(WarmUp.of("price-list", nines -> prices.load()).orFail())
 * }</pre>
 *
 * <p>Tasks run side by side, each on a thread of its own, once every required dependency is there; {@code start()} waits for
 * them. At its limit a task is abandoned: it is interrupted, told as {@code warmup_abandoned}, counted, and left to itself. One
 * that failed or was abandoned leaves the service ready but degraded, as {@code warmup-NAME} in {@code /health}, or ends the
 * start: see {@link #orFail()}.
 *
 * <p>Immutable.
 *
 * @param name of the task, in health, metrics and the log: 1 to 80 letters, digits, '.', '_' or '-'
 * @param task what to run
 * @param limit after which it is abandoned, positive, at most {@code lifecycle.start}; half of that if empty, and never
 *     beyond what is left of it
 * @param required whether the start fails without it
 */
public record WarmUp(String name, Task task, Optional<Duration> limit, boolean required) {

  /** What is run. */
  @FunctionalInterface
  public interface Task {

    /**
     * Warms up. Should end when it is interrupted, for then its time is over; what it throws is a failure.
     *
     * @param nines the service, all of which works but that it is not ready yet
     */
    void run(Nines nines) throws Exception;
  }

  public WarmUp {
    boolean fits = !name.isEmpty()
        && name.length() <= 80
        && name.chars()
            .allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "warmUp: '" + name + "' (expected: 1 to 80 letters, digits, '.', '_' or '-')");
    }
    limit.filter(d -> d.isZero() || d.isNegative()).ifPresent(d -> {
      throw new IllegalArgumentException(
          "warmUp." + name + ": " + Durations.format(d) + " (expected: more than 0s)");
    });
  }

  /** Makes a task that may take half of {@code lifecycle.start}, and without which the service starts degraded. */
  public static WarmUp of(String name, Task task) {
    return new WarmUp(name, task, Optional.empty(), false);
  }

  /** Returns this with its own hard limit. */
  public WarmUp within(Duration most) {
    return new WarmUp(name, task, Optional.of(most), required);
  }

  /** Returns this as one without which the service does not start: its failure ends the start. */
  public WarmUp orFail() {
    return new WarmUp(name, task, limit, true);
  }

  /**
   * Returns the limit in a service whose start may take {@code start}.
   *
   * @throws IllegalArgumentException if it is longer than that
   */
  Duration limitIn(Duration start) {
    Duration most = limit.orElse(start.dividedBy(2));
    if (most.compareTo(start) > 0) {
      throw new IllegalArgumentException("warmUp." + name + ": " + Durations.format(most)
          + " (expected: at most lifecycle.start, " + Durations.format(start) + ")");
    }
    return most;
  }
}
