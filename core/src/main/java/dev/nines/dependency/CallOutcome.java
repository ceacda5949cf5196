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
  /** The service spares its exhausted error budget; the body was not called. See {@link Dependency#shedWhenExhausted}. */
  SHED,
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

  /** Returns whether the body was called; what was not took no time of the dependency's. */
  public boolean called() {
    return switch (this) {
      case SUCCESS, FAILURE, TIMEOUT, CANCELLED -> true;
      case BREAKER_OPEN, REJECTED, SHED, EXPIRED -> false;
    };
  }

  private static final String[] LABELS = {
    "success", "failure", "timeout", "breaker_open", "rejected", "shed", "expired", "cancelled"
  };
}
