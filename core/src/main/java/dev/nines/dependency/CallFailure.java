package dev.nines.dependency;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a fallback has to serve.
 *
 * <p>Immutable and thread-safe.
 *
 * @param dependency the dependency's name
 * @param outcome how the call ended: failure, timeout, open breaker, rejection, exhausted error budget, or no time left
 * @param cause what was thrown, by the body or by the guard; empty when the body answered with what counts as a failure
 * @param retryAfter when it makes sense to try again; zero when the breaker forbids nothing now
 */
public record CallFailure(
    String dependency, CallOutcome outcome, Optional<Exception> cause, Duration retryAfter) {}
