package dev.nines.dependency;

import java.util.List;

/** The declared dependencies of a service, with their guards. Immutable and thread-safe. */
public final class Dependencies {

  private final List<Dependency> declared;
  private final List<Guard> guards;

  Dependencies(List<Dependency> declared, List<Guard> guards) {
    this.declared = List.copyOf(declared);
    this.guards = List.copyOf(guards);
  }

  /** Returns the dependencies in the order of their declaration; the same index finds the guard. */
  public List<Dependency> all() {
    return declared;
  }

  /** Returns the guards in the order of their declaration. */
  public List<Guard> guards() {
    return guards;
  }
}
