package dev.nines.dependency;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Body} of an adapter, which tells the guard more of the call.
 *
 * @param <T> what it returns
 * @param <X> what it throws
 */
@FunctionalInterface
public interface AttemptBody<T extends @Nullable Object, X extends Exception> {

  T run(Attempt attempt) throws X;
}
