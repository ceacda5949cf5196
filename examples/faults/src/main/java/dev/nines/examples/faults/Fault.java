package dev.nines.examples.faults;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a dependency behaves: as it should, too slowly, or not at all. */
public enum Fault {
  UP,
  SLOW,
  DOWN;

  /** Returns the one of that name, if there is one. */
  public static Optional<Fault> named(String name) {
    return Stream.of(values()).filter(fault -> fault.label().equals(name)).findFirst();
  }

  /** Returns the name in URLs and answers: {@code down}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
