package dev.nines.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Collects what is wrong with a declaration, so that one run tells all of it, one problem a line. Not thread-safe.
 */
final class Problems {

  private final List<String> messages = new ArrayList<>();

  void add(String message) {
    messages.add(message);
  }

  void add(String name, Object value, String expected) {
    messages.add(Check.invalid(name, value, expected).getMessage());
  }

  /** Returns what {@code check} makes of the value, or the value itself when it was refused. */
  <T> T checked(T value, UnaryOperator<T> check) {
    try {
      return check.apply(value);
    } catch (InvalidTargetsException e) {
      messages.addAll(e.getMessage().lines().toList());
      return value;
    }
  }

  /** Runs the check, and keeps what it refuses. */
  <T> void check(T value, Consumer<T> check) {
    checked(value, v -> {
      check.accept(v);
      return v;
    });
  }

  boolean none() {
    return messages.isEmpty();
  }

  void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new InvalidTargetsException(String.join("\n", messages));
    }
  }
}
