package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a call passed: the guard interrupted or abandoned it. The cause is what the body threw upon that, if it
 * threw. Also thrown, without a call, when the time of an enclosing call, or of the request, was over before.
 */
public final class DeadlineExceededException extends GuardException {

  private static final long serialVersionUID = 1L;

  private final Duration deadline;

  DeadlineExceededException(
      String dependency,
      BreakerState state,
      Duration retryAfter,
      Duration deadline,
      @Nullable Throwable cause) {
    super(dependency, state, retryAfter, cause, true);
    this.deadline = deadline;
  }

  /** Returns how long the call was allowed to take; zero when no time was left to call at all. */
  public Duration deadline() {
    return deadline;
  }

  @Override
  public ErrorKind errorKind() {
    return ErrorKind.TIMEOUT;
  }

  @Override
  public String getMessage() {
    return dependency()
        + (deadline.isZero()
            ? ": not called, its caller has no time left"
            : ": no answer within its deadline of " + Millis.format(deadline))
        + "; its breaker is " + state().label()
        + (retryAfter().isZero() ? "" : ", retry in " + Millis.format(retryAfter()));
  }
}
