package dev.nines.dependency;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Body} that returns nothing.
 *
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Action<X extends Exception> extends AttemptBody<@Nullable Void, X> {

  void run() throws X;

  /** Runs without a look at the attempt; so an action needs no wrapper around it. */
  @Override
  default @Nullable Void run(Attempt attempt) throws X {
    run();
    return null;
  }
}
