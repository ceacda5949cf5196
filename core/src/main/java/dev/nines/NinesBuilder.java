package dev.nines;

/** Declares a service. Not thread-safe. */
public final class NinesBuilder {

  NinesBuilder(String service) {}

  public NinesBuilder install(Feature feature) {
    return this;
  }

  public NinesBuilder discover() {
    return this;
  }
}
