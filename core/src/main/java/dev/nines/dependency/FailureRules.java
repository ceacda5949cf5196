package dev.nines.dependency;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What counts as a failure of one dependency. Thread-safe; a user's predicate that throws means failure. */
final class FailureRules {

  private static final int FIRST_SERVER_ERROR = 500;

  private final @Nullable Predicate<? super Exception> exceptions;
  private final @Nullable Predicate<Object> results;

  FailureRules(Dependency dependency) {
    this.exceptions = dependency.failures().orElse(null);
    this.results = dependency.failureResults().orElse(null);
  }

  boolean failed(Throwable thrown) {
    return exceptions == null || !(thrown instanceof Exception e) || holds(exceptions, e);
  }

  boolean failed(@Nullable Object result, int status) {
    if (results == null) {
      return status >= FIRST_SERVER_ERROR;
    }
    return result != null && holds(results, result);
  }

  private static <V> boolean holds(Predicate<? super V> predicate, V value) {
    try {
      return predicate.test(value);
    } catch (RuntimeException e) {
      return true;
    }
  }
}
