package dev.nines.ops.generate;

import dev.nines.telemetry.Metrics;

/**
 * Names of the histogram of HTTP requests and its labels, which dashboards read. Alert rules read Nines' own counters, whose
 * names are the same everywhere.
 */
public enum HttpNaming {

  /** OpenTelemetry's, which Nines' own adapters use. */
  OTEL(
      Metrics.SERVER_DURATION.name(),
      "http_route",
      "http_request_method",
      "http_response_status_code",
      "error_type=\"\"",
      "error_type!=\"\"",
      "error_type!=\"client_abort\""),

  /** Spring Boot's, with {@code nines.metrics.naming=spring} or where a service keeps Spring's own instrumentation. */
  SPRING(
      "http_server_requests_seconds",
      "uri",
      "method",
      "status",
      "status!~\"5..\"",
      "status=~\"5..\"",
      "exception!=\"client_abort\"");

  private final String duration;
  private final String route;
  private final String method;
  private final String status;
  private final String well;
  private final String failed;
  private final String counted;

  HttpNaming(
      String duration,
      String route,
      String method,
      String status,
      String well,
      String failed,
      String counted) {
    this.duration = duration;
    this.route = route;
    this.method = method;
    this.status = status;
    this.well = well;
    this.failed = failed;
    this.counted = counted;
  }

  /** Returns the histogram's name, without {@code _bucket}, {@code _count} and {@code _sum}. */
  public String duration() {
    return duration;
  }

  /** Returns the label that holds the route's template. */
  public String route() {
    return route;
  }

  /** Returns the label that holds the method. */
  public String method() {
    return method;
  }

  /** Returns the label that holds the status code. */
  public String status() {
    return status;
  }

  /** Returns the matcher of requests that were no errors: what is promised of latency is promised of these. */
  public String well() {
    return well;
  }

  /** Returns the matcher of requests that failed. */
  public String failed() {
    return failed;
  }

  /** Returns the matcher of requests that promises are about: not those whose client went away. */
  public String counted() {
    return counted;
  }
}
