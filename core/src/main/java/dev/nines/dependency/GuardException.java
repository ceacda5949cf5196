package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.ErrorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a guard itself throws: it names the dependency, the state of its breaker, and when to try again. */
public abstract sealed class GuardException extends RuntimeException implements ErrorKind.Known
    permits BreakerOpenException,
        BulkheadFullException,
        CallShedException,
        DeadlineExceededException {

  private static final long serialVersionUID = 1L;

  private final String dependency;
  private final BreakerState state;
  private final Duration retryAfter;

  GuardException(
      String dependency,
      BreakerState state,
      Duration retryAfter,
      @Nullable Throwable cause,
      boolean stackTrace) {
    super(null, cause, true, stackTrace);
    this.dependency = dependency;
    this.state = state;
    this.retryAfter = retryAfter;
  }

  /** Returns the name of the dependency that was to be called. */
  public final String dependency() {
    return dependency;
  }

  /** Returns the state of its breaker when this was thrown. */
  public final BreakerState state() {
    return state;
  }

  /** Returns when it makes sense to try again; zero when its breaker forbids nothing now. */
  public final Duration retryAfter() {
    return retryAfter;
  }

  /** Returns dependency, reason, state and time to retry; written only when asked for. */
  @Override
  public abstract String getMessage();
}
