package dev.nines.metrics;

import dev.nines.request.HttpMethod;
import dev.nines.request.Route;
import dev.nines.telemetry.Metric;
import java.util.List;

/**
 * The metric that Spring Boot's dashboards ask, and the values that they know.
 *
 * @see <a href="https://docs.spring.io/spring-framework/reference/integration/observability.html">Spring Framework:
 *     observability, HTTP server requests</a>
 */
final class SpringLabels {

  /** Apart from the catalogue, for it stands in another metric's place. */
  static final Metric DURATION = new Metric(
      "http_server_requests_seconds",
      Metric.Type.HISTOGRAM,
      "seconds",
      "Duration of HTTP requests served.",
      List.of("error", "exception", "method", "outcome", "status", "uri"),
      "routes, at most 1,000, × methods × statuses × exceptions; these at most 53, none among them",
      "sum by (uri) (rate(http_server_requests_seconds_count[5m]))");

  private static final String UNKNOWN = "UNKNOWN";
  private static final String NONE = "none";

  private SpringLabels() {}

  static String[] of(String method, String template, String status, String errorType) {
    String exception = exception(status, errorType);
    return new String[] {
      exception,
      exception,
      method.equals(HttpMethod.OTHER.label()) ? UNKNOWN : method,
      outcome(status),
      status.isEmpty() ? UNKNOWN : status,
      uri(template, status)
    };
  }

  /** A status as error type says that nothing was thrown. */
  private static String exception(String status, String errorType) {
    return errorType.isEmpty() || errorType.equals(status)
        ? NONE
        : errorType.substring(Math.max(errorType.lastIndexOf('.'), errorType.lastIndexOf('$')) + 1);
  }

  private static String outcome(String status) {
    return switch (status.isEmpty() ? ' ' : status.charAt(0)) {
      case '1' -> "INFORMATIONAL";
      case '2' -> "SUCCESS";
      case '3' -> "REDIRECTION";
      case '4' -> "CLIENT_ERROR";
      case '5' -> "SERVER_ERROR";
      default -> UNKNOWN;
    };
  }

  private static String uri(String template, String status) {
    if (!template.equals(Route.OTHER)) {
      return template;
    }
    if (status.equals("404")) {
      return "NOT_FOUND";
    }
    return status.startsWith("3") ? "REDIRECTION" : UNKNOWN;
  }
}
