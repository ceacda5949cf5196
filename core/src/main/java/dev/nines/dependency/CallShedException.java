package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import java.time.Duration;

/**
 * The service's error budget is exhausted, and the dependency is declared to be spared then; see
 * {@link Dependency#shedWhenExhausted}. The dependency was not called, and its breaker learned nothing.
 *
 * <p>It carries no stack trace, as {@link BreakerOpenException} doesn't: it is thrown at the rate of the traffic.
 */
public final class CallShedException extends GuardException {

  private static final long serialVersionUID = 1L;

  CallShedException(String dependency, BreakerState state, Duration retryAfter) {
    super(dependency, state, retryAfter, null, false);
  }

  @Override
  public ErrorKind errorKind() {
    return ErrorKind.REJECTED;
  }

  @Override
  public String getMessage() {
    return dependency() + ": not called, the service's error budget is exhausted; its breaker is "
        + state().label();
  }
}
