package dev.nines.metrics;

import io.micrometer.core.instrument.Tag;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's spelling of what Prometheus spells with underscores.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">OpenTelemetry: HTTP metrics</a>
 */
final class OtlpNames {

  private static final String STATUS = "http.response.status_code";

  private static final Map<String, String> ATTRIBUTES = Map.of(
      "http_request_method", "http.request.method",
      "http_route", "http.route",
      "http_response_status_code", STATUS,
      "error_type", "error.type");

  private static final Map<String, String> UNITS =
      Map.of("seconds", "s", "bytes", "By", "ratio", "1");

  private OtlpNames() {}

  /** Returns the labels, but for empty ones, which are absent ones. */
  static Attributes attributes(List<Tag> tags) {
    AttributesBuilder attributes = Attributes.builder();
    for (Tag tag : tags) {
      String name = ATTRIBUTES.getOrDefault(tag.getKey(), tag.getKey());
      if (name.equals(STATUS) && tag.getValue().matches("\\d{3}")) {
        attributes.put(name, Long.parseLong(tag.getValue()));
      } else if (!tag.getValue().isEmpty()) {
        attributes.put(name, tag.getValue());
      }
    }
    return attributes.build();
  }

  static String unit(@Nullable String unit) {
    return unit == null ? "" : UNITS.getOrDefault(unit, "{" + unit + "}");
  }
}
