package dev.nines.targets;

import java.time.Duration;

/**
 * How long an instance may take to start, and how it stops.
 *
 * <p>Immutable and thread-safe.
 *
 * @param start limit of the start, until ready
 * @param preStop time between turning unready and refusing requests, in which load balancers look elsewhere; zero allowed
 * @param drain limit for the requests in flight to finish; zero allowed
 * @param grace time after which the platform kills; at least preStop + drain + 5 s
 */
public record LifecycleTimings(Duration start, Duration preStop, Duration drain, Duration grace) {

  /** What is left after the drain to flush telemetry and to close. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  public LifecycleTimings {
    Check.positive("lifecycle.start", start);
    Check.notNegative("lifecycle.preStop", preStop);
    Check.notNegative("lifecycle.drain", drain);
    Duration least = preStop.plus(drain).plus(CLOSING);
    if (grace.compareTo(least) < 0) {
      throw Check.invalid(
          "lifecycle.grace",
          Durations.format(grace),
          "at least preStop + drain + 5s, " + Durations.format(least)
              + ", or the platform kills requests in flight");
    }
  }
}
