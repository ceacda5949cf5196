package dev.nines.derive;

import java.time.Duration;

/**
 * When health checks run and what their results mean, derived from the detection target.
 *
 * @param interval time between two runs, before jitter
 * @param jitter share of the interval by which a run may come sooner or later: 0.1
 * @param timeout hard limit of one run
 * @param failuresToUnhealthy failures in a row that make a check unhealthy
 * @param successesToHealthy successes in a row that make it healthy again
 * @param worstCase longest time from a fault to the check's unhealthy state
 * @param staleAfter age from which a snapshot is itself unhealthy
 */
public record CheckTimings(
    Duration interval,
    double jitter,
    Duration timeout,
    int failuresToUnhealthy,
    int successesToHealthy,
    Duration worstCase,
    Duration staleAfter) {

  /** Changes within the {@link #flappingWindow()} that are flapping: a restart makes two, a failed one four. */
  public static final int FLAPPING_CHANGES = 6;

  /** Of changes that come more rarely an operator can still read every line. */
  private static final Duration SHORTEST_FLAPPING_WINDOW = Duration.ofMinutes(5);

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(500);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(3);
  private static final double JITTER = 0.1;

  /** Two in a row: a single lost packet neither condemns nor acquits. Dropwizard waits for three and two. */
  private static final int IN_A_ROW = 2;

  /**
   * Derives the timings from the promised detection time.
   *
   * <p>The worst case is a fault just after a run has begun to pass: two more runs, each 1.1 intervals later by jitter,
   * the second of which ends at its timeout.
   *
   * @param detection at least 5 s
   */
  static CheckTimings derive(Duration detection) {
    Duration interval =
        Amounts.clamp(Amounts.over(detection, "6"), SHORTEST_INTERVAL, LONGEST_INTERVAL);
    Duration timeout =
        Amounts.clamp(Amounts.over(interval, "2.5"), SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    Duration worstCase = Amounts.times(interval, "2.2").plus(timeout);
    Duration staleAfter = interval.multipliedBy(3).plus(timeout);
    return new CheckTimings(interval, JITTER, timeout, IN_A_ROW, IN_A_ROW, worstCase, staleAfter);
  }

  /**
   * Returns the window in which {@link #FLAPPING_CHANGES} changes are flapping, and which one must be without two to be over:
   * 60 intervals, at least 5 min. A change takes two results in a row, so 60 intervals have room for 30, and flapping begins
   * at a fifth of what is possible, as it does in Nagios.
   *
   * @see <a href="https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html">Nagios Core,
   *     Detection and Handling of State Flapping</a>
   */
  public Duration flappingWindow() {
    Duration window = interval.multipliedBy(60);
    return window.compareTo(SHORTEST_FLAPPING_WINDOW) < 0 ? SHORTEST_FLAPPING_WINDOW : window;
  }
}
