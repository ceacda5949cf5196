package dev.nines.dependency;

import org.jspecify.annotations.Nullable;

/**
 * What a guard calls: the user's own code, with its own exceptions.
 *
 * @param <T> what it returns
 * @param <X> what it throws; a body without checked exceptions makes it {@link RuntimeException}
 */
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception> extends AttemptBody<T, X> {

  T run() throws X;

  /** Runs without a look at the attempt; so a body needs no wrapper around it. */
  @Override
  default T run(Attempt attempt) throws X {
    return run();
  }
}
