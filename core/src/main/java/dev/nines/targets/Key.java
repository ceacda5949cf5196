package dev.nines.targets;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a value stands in a declaration: {@code targets}, {@code recovery}, {@code detection}. A list and no text, since
 * names of routes and dependencies may hold dots.
 *
 * @param segments from the root
 */
record Key(List<String> segments) {

  static final Key ROOT = new Key(List.of());

  Key {
    segments = List.copyOf(segments);
  }

  static Key of(String... segments) {
    return new Key(List.of(segments));
  }

  Key child(String segment) {
    return new Key(Stream.concat(segments.stream(), Stream.of(segment)).toList());
  }

  /** Returns the name of the environment variable that sets this key: {@code NINES_TARGETS_ERROR_RATE}. */
  String variable() {
    return Variables.PREFIX
        + segments.stream().map(Variables::normalised).collect(Collectors.joining("_"));
  }

  @Override
  public String toString() {
    return String.join(".", segments);
  }
}
