package dev.nines;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code OTEL_RESOURCE_ATTRIBUTES}: {@code key=value} pairs joined by commas, values percent-encoded.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/resource/sdk/">OpenTelemetry's resource SDK</a>
 */
record ResourceAttributes(Map<String, String> values) {

  static ResourceAttributes parse(String text) {
    return new ResourceAttributes(Stream.of(text.split(","))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toUnmodifiableMap(
            pair -> pair[0].strip(), pair -> decode(pair[1]), (a, b) -> b)));
  }

  @Nullable
  String get(String key) {
    return values.get(key);
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "OTEL_RESOURCE_ATTRIBUTES: " + value + " (expected: percent-encoded values)", e);
    }
  }
}
