package dev.nines.lifecycle;

import java.time.Duration;

/**
 * How long each part of the graceful shutdown may take.
 *
 * @param preStop from unready to refusing requests: until balancers have seen it; 0 or more
 * @param drain for requests under way; 0 or more
 * @param grace after which the platform kills the process (Kubernetes: {@code terminationGracePeriodSeconds}); longer
 *     than the two together by more than {@link #MARGIN}
 */
public record ShutdownTimings(Duration preStop, Duration drain, Duration grace) {

  /** What is left of the grace for the JVM's own end. */
  public static final Duration MARGIN = Duration.ofSeconds(1);

  public ShutdownTimings {
    notNegative("preStop", preStop);
    notNegative("drain", drain);
    if (grace.compareTo(preStop.plus(drain).plus(MARGIN)) <= 0) {
      throw new IllegalArgumentException(
          "lifecycle.grace: " + grace + " (expected: more than preStop " + preStop + " + drain "
              + drain + " + " + MARGIN + " for the JVM's own end)");
    }
  }

  /** Returns by when everything must be over, from the beginning of the shutdown. */
  Duration atMost() {
    return grace.minus(MARGIN);
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "lifecycle." + name + ": " + value + " (expected: 0 s or more)");
    }
  }
}
