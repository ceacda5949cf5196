package dev.nines.dependency;

/** How a guarded call ended. */
public enum CallOutcome {
  SUCCESS,
  /** The body failed, or answered what counts as failure. */
  FAILURE,
  /** The deadline passed. */
  TIMEOUT,
  /** The breaker was open; the body was not called. */
  BREAKER_OPEN,
  /** Too many calls at a time; the body was not called. */
  REJECTED,
  /** The caller's own time was over before the call; the body was not called. */
  EXPIRED,
  /** The caller cancelled. */
  CANCELLED;

  /** Returns the name in labels: {@code breaker_open}. */
  public String label() {
    return LABELS[ordinal()];
  }

  /** Returns whether a fallback has to serve: the dependency did not give what was asked of it. */
  public boolean failed() {
    return this != SUCCESS && this != CANCELLED;
  }

  private static final String[] LABELS = {
    "success", "failure", "timeout", "breaker_open", "rejected", "expired", "cancelled"
  };
}
