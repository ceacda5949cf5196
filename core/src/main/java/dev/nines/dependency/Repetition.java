package dev.nines.dependency;

import io.opentelemetry.context.Context;
import java.time.Duration;

/** What the attempts of one call share that may be repeated. Used by one attempt at a time. */
final class Repetition {

  private final Context context;
  private final long start;
  private final long due;
  private volatile Call last;
  private int attempts = 1;
  private boolean answered;
  private Duration asked = Duration.ZERO;

  /**
   * @param first the first attempt
   * @param context the caller's
   * @param due when the time of the whole call is over
   */
  Repetition(Call first, Context context, long start, long due) {
    this.last = first;
    this.context = context;
    this.start = start;
    this.due = due;
  }

  Context context() {
    return context;
  }

  long start() {
    return start;
  }

  long due() {
    return due;
  }

  /** Returns how many attempts there were, the present one included. */
  int attempts() {
    return attempts;
  }

  void another(Call attempt) {
    last = attempt;
    attempts++;
    answered = false;
    asked = Duration.ZERO;
  }

  /** Hears that the present attempt has an answer, and how long that asks to wait. */
  void answered(Duration wait) {
    answered = true;
    asked = wait;
  }

  /** Returns whether there is an answer, though not in time: it is better than none. */
  boolean answeredLate(CallOutcome outcome) {
    return answered && outcome == CallOutcome.TIMEOUT;
  }

  /** Returns how long the dependency asked to wait; zero if it did not. */
  Duration asked() {
    return asked;
  }

  Call last() {
    return last;
  }
}
