package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import java.time.Duration;

/**
 * The breaker let no call through, because it is open, or half-open with all its trial calls under way. The dependency
 * was not called.
 *
 * <p>It carries no stack trace: during an outage it is thrown at the rate of the traffic, and the one who called stands in
 * the span and in whatever catches it.
 */
public final class BreakerOpenException extends GuardException {

  private static final long serialVersionUID = 1L;

  BreakerOpenException(String dependency, BreakerState state, Duration retryAfter) {
    super(dependency, state, retryAfter, null, false);
  }

  @Override
  public ErrorKind errorKind() {
    return ErrorKind.BREAKER_OPEN;
  }

  @Override
  public String getMessage() {
    return dependency() + ": not called, its breaker is "
        + (state() == BreakerState.HALF_OPEN ? "half-open with all trial calls under way" : "open")
        + "; retry in " + Millis.format(retryAfter());
  }
}
