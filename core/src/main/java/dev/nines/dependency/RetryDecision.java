package dev.nines.dependency;

/** Whether a failed call that may be repeated is, and if not, why. */
enum RetryDecision {
  RETRIED,
  /** It had all its attempts. */
  ATTEMPTS_SPENT,
  /** The wait, or what the dependency asked for by {@code Retry-After}, would outlast the deadline. */
  NO_TIME,
  /** The breaker is open, or on trial. */
  BREAKER_OPEN,
  /** The service's error budget burns so fast that somebody is paged, or is spent: more load is the last thing to add. */
  BUDGET_BURNING,
  /** Repetitions are their share of the load already. */
  BUDGET_SPENT;

  private static final String[] LABELS = {
    "retried", "attempts_spent", "no_time", "breaker_open", "budget_burning", "budget_spent"
  };

  /** Returns the name in labels and events: {@code budget_spent}. */
  String label() {
    return LABELS[ordinal()];
  }

  /** Returns whether nobody would guess it from the failure itself, so that it is worth telling. */
  boolean withheld() {
    return this == BUDGET_BURNING || this == BUDGET_SPENT;
  }
}
