package dev.nines.dependency;

/** Waits on the caller's thread between two attempts. */
@FunctionalInterface
interface Pause {

  void nanos(long nanos) throws InterruptedException;
}
