package dev.nines.dependency;

/**
 * A {@link Body} that returns nothing.
 *
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Action<X extends Exception> {

  void run() throws X;
}
