package dev.nines.examples.quickstart;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a dependency behaves: as it should, too slowly, or not at all. */
enum Fault {
  UP,
  SLOW,
  DOWN;

  static Optional<Fault> named(String name) {
    return Stream.of(values()).filter(fault -> fault.label().equals(name)).findFirst();
  }

  /** Returns the name in URLs and answers: {@code down}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
