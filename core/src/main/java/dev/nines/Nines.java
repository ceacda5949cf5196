package dev.nines;

/** A service's reliability, running. */
public final class Nines implements AutoCloseable {

  private Nines() {}

  /** Starts a declaration. */
  public static NinesBuilder builder(String service) {
    return new NinesBuilder(service);
  }

  @Override
  public void close() {}
}
