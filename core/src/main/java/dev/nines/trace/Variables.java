package dev.nines.trace;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's environment variables, read strictly: a value that cannot be understood is refused by name. An empty
 * value counts as unset, as the specification has it.
 */
final class Variables {

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::trim).filter(v -> !v.isEmpty());
  }

  /** Returns the value of the first of {@code names} that is set: the specific before the general. */
  Optional<String> first(String... names) {
    return Stream.of(names).flatMap(name -> text(name).stream()).findFirst();
  }

  /** Returns the name of the first of {@code names} that is set, for error texts; the last if none is. */
  String nameOf(String... names) {
    return Stream.of(names)
        .filter(name -> text(name).isPresent())
        .findFirst()
        .orElse(names[names.length - 1]);
  }

  String choice(String fallback, Set<String> allowed, String... names) {
    String value = first(names).orElse(fallback).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw invalid(
          nameOf(names),
          value,
          "one of " + String.join(", ", allowed.stream().sorted().toList()));
    }
    return value;
  }

  boolean flag(String name) {
    return choice("false", Set.of("true", "false"), name).equals("true");
  }

  int count(int fallback, String name) {
    return (int) positive(fallback, Integer.MAX_VALUE, "a positive whole number", name);
  }

  Duration millis(Duration fallback, String... names) {
    return Duration.ofMillis(positive(
        fallback.toMillis(), Integer.MAX_VALUE, "a positive number of milliseconds", names));
  }

  double ratio(double fallback, String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      double ratio = Double.parseDouble(value.get());
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, value.get(), "a number from 0 to 1", e);
    }
    throw invalid(name, value.get(), "a number from 0 to 1");
  }

  /** Returns pairs as in {@code a=1,b=2}, whose values are percent-encoded. Error texts show no value: it may be secret. */
  Map<String, String> pairs(String... names) {
    Map<String, String> pairs = new LinkedHashMap<>();
    String[] entries = first(names).orElse("").split(",");
    for (int i = 0; i < entries.length; i++) {
      String entry = entries[i].trim();
      int equals = entry.indexOf('=');
      if (equals > 0) {
        pairs.put(
            entry.substring(0, equals).trim(), decoded(entry.substring(equals + 1), i, names));
      } else if (!entry.isEmpty()) {
        throw badPair(i, null, names);
      }
    }
    return pairs;
  }

  static IllegalArgumentException invalid(String name, Object value, String expected) {
    return invalid(name, value, expected, null);
  }

  static IllegalArgumentException invalid(
      String name, Object value, String expected, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        name + ": " + value + " (expected: " + expected + ")", cause);
  }

  private long positive(long fallback, long most, String expected, String... names) {
    Optional<String> value = first(names);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(value.get());
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(nameOf(names), value.get(), expected, e);
    }
    throw invalid(nameOf(names), value.get(), expected);
  }

  private String decoded(String value, int place, String... names) {
    try {
      // URLDecoder speaks of forms, where a plus is a space; here it is a plus.
      return URLDecoder.decode(value.trim().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badPair(place, e, names);
    }
  }

  private IllegalArgumentException badPair(int place, @Nullable Throwable cause, String... names) {
    return invalid(
        nameOf(names),
        "entry " + (place + 1),
        "key=value, percent-encoded, separated by commas",
        cause);
  }
}
