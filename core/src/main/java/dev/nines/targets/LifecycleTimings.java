package dev.nines.targets;

import java.time.Duration;

/**
 * How long an instance may take to start, and how it stops.
 *
 * <p>Immutable and thread-safe.
 *
 * @param start limit of the start, until ready; at most 1 d, as are the following
 * @param preStop time between turning unready and refusing requests, in which load balancers look elsewhere; zero allowed
 * @param drain limit for the requests in flight to finish; zero allowed
 * @param grace time after which the platform kills; at least preStop + drain + 5 s
 */
public record LifecycleTimings(Duration start, Duration preStop, Duration drain, Duration grace) {

  /** What is left after the drain to flush telemetry and to close. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofDays(1);

  public LifecycleTimings {
    Problems problems = new Problems();
    problems.check(start, d -> Check.positive("lifecycle.start", d, LONGEST));
    problems.check(preStop, d -> Check.between("lifecycle.preStop", d, Duration.ZERO, LONGEST));
    problems.check(drain, d -> Check.between("lifecycle.drain", d, Duration.ZERO, LONGEST));
    problems.check(grace, d -> Check.positive("lifecycle.grace", d, LONGEST));
    if (problems.none()) {
      checkGrace(problems, grace, preStop.plus(drain).plus(CLOSING));
    }
    problems.throwIfAny();
  }

  private static void checkGrace(Problems problems, Duration grace, Duration least) {
    if (grace.compareTo(least) < 0) {
      problems.add(
          "lifecycle.grace",
          Durations.format(grace),
          "at least preStop + drain + 5s, " + Durations.format(least)
              + ", or the platform kills requests in flight");
    }
  }
}
