package dev.nines.dependency;

/** Hears of each guarded call, on the thread that ends it. A failure is caught and counted. */
@FunctionalInterface
public interface CallListener {

  void ended(CompletedCall call);
}
