package dev.nines.dependency;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tells of calls that were refused and of repetitions that were withheld, each reason for itself: the first at once, and from
 * then on how many there were, every {@link #PAUSE} at most, for they come at the rate of the traffic. Those of the breaker
 * are left out, since it tells of its opening.
 *
 * <p>Thread-safe.
 */
final class Refusals {

  private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final String dependency;
  private final EventBus events;
  private final Told[] refused = tolds(CallOutcome.values().length);
  private final Told[] withheld = tolds(RetryDecision.values().length);

  Refusals(String dependency, EventBus events) {
    this.dependency = dependency;
    this.events = events;
  }

  void refused(CallOutcome how, long now) {
    if (how == CallOutcome.BREAKER_OPEN) {
      return;
    }
    long calls = refused[how.ordinal()].count(now);
    if (calls > 0) {
      events.publish(new Event(
          "calls_refused",
          Level.WARNING,
          "Refused " + number(calls, "call") + " to " + dependency + ": " + why(how),
          Map.of("dependency", dependency, "reason", how.label(), "calls", calls)));
    }
  }

  void withheld(RetryDecision why, long now) {
    long calls = withheld[why.ordinal()].count(now);
    if (calls > 0) {
      events.publish(new Event(
          "retries_withheld",
          Level.WARNING,
          "Did not repeat " + number(calls, "failed call") + " to " + dependency + ": " + why(why),
          Map.of("dependency", dependency, "reason", why.label(), "calls", calls)));
    }
  }

  private static String why(CallOutcome how) {
    return switch (how) {
      case REJECTED -> "as many are under way as its bulkhead allows";
      case SHED -> "the service's error budget is exhausted";
      default -> "no time was left of the caller's";
    };
  }

  private static String why(RetryDecision decision) {
    return decision == RetryDecision.BUDGET_SPENT
        ? "repetitions are their share of the load already"
        : "the service's error budget burns";
  }

  private static String number(long calls, String what) {
    return calls + " " + what + (calls == 1 ? "" : "s");
  }

  private static Told[] tolds(int number) {
    Told[] tolds = new Told[number];
    for (int i = 0; i < number; i++) {
      tolds[i] = new Told();
    }
    return tolds;
  }

  /** What was told for one reason. */
  private static final class Told {

    private final LongAdder untold = new LongAdder();
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    /** Counts one; returns how many to tell of, or 0 if it isn't time. */
    long count(long now) {
      untold.increment();
      long due = next.get();
      return (due == Long.MIN_VALUE || now - due >= 0) && next.compareAndSet(due, now + PAUSE)
          ? untold.sumThenReset()
          : 0;
    }
  }
}
