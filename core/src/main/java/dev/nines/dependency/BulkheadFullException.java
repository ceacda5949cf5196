package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import java.time.Duration;

/**
 * As many calls to the dependency are under way as its bulkhead allows. The dependency was not called, and its breaker learned
 * nothing.
 *
 * <p>It carries no stack trace, as {@link BreakerOpenException} doesn't: it is thrown at the rate of the traffic.
 */
public final class BulkheadFullException extends GuardException {

  private static final long serialVersionUID = 1L;

  private final int calls;

  BulkheadFullException(String dependency, BreakerState state, Duration retryAfter, int calls) {
    super(dependency, state, retryAfter, null, false);
    this.calls = calls;
  }

  /** Returns how many calls may be under way at a time. */
  public int calls() {
    return calls;
  }

  @Override
  public ErrorKind errorKind() {
    return ErrorKind.REJECTED;
  }

  @Override
  public String getMessage() {
    return dependency() + ": not called, all " + calls
        + " calls at a time that its bulkhead allows are under way; its breaker is "
        + state().label();
  }
}
