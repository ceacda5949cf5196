package dev.nines.telemetry;

import java.util.List;

/**
 * The catalogue: every metric that Nines publishes. Documentation and generators read it, so a name stands nowhere else.
 */
public final class Metrics {

  public static final Metric SERVER_DURATION = Metric.histogram(
      "http_server_request_duration_seconds",
      "seconds",
      "Duration of HTTP requests served.",
      "http_request_method",
      "http_route",
      "http_response_status_code",
      "error_type");
  public static final Metric SERVER_ACTIVE =
      Metric.gauge("http_server_active_requests", "", "HTTP requests being served now.");
  public static final Metric CLIENT_DURATION = Metric.histogram(
      "http_client_request_duration_seconds",
      "seconds",
      "Duration of HTTP requests made to a dependency.",
      "dependency",
      "http_request_method",
      "http_response_status_code",
      "error_type");
  public static final Metric CALL_DURATION = Metric.histogram(
      "nines_call_duration_seconds",
      "seconds",
      "Duration of guarded calls to a dependency.",
      "dependency",
      "outcome");
  public static final Metric CALLS = Metric.counter(
      "nines_calls_total", "Guarded calls, by how they ended.", "dependency", "outcome");
  public static final Metric DEADLINE_OVERRUNS = Metric.counter(
      "nines_deadline_overruns_total",
      "Calls that did not react to the interrupt at their deadline.",
      "dependency");
  public static final Metric BREAKER_STATE = Metric.gauge(
      "nines_breaker_state",
      "",
      "State of a dependency's breaker: 1 for the present one, else 0.",
      "dependency",
      "state");

  public static final Metric BUILD_INFO = Metric.gauge(
      "nines_build_info", "", "What runs here; always 1.", "service", "version", "environment");
  public static final Metric TARGET = Metric.gauge(
      "nines_target_ratio",
      "ratio",
      "Share of good events that is promised.",
      "objective",
      "route_class");
  public static final Metric REQUESTS_GOOD = Metric.counter(
      "nines_requests_good_total",
      "Valid requests that kept the objective.",
      "objective",
      "route_class");
  public static final Metric REQUESTS_BAD = Metric.counter(
      "nines_requests_bad_total",
      "Valid requests that broke the objective.",
      "objective",
      "route_class");
  public static final Metric BUDGET_REMAINING = Metric.gauge(
      "nines_error_budget_remaining_ratio",
      "ratio",
      "Share of the error budget that this instance has left over the window; below 0 when overspent.",
      "objective",
      "route_class");
  public static final Metric BURN_RATE = Metric.gauge(
      "nines_burn_rate_ratio",
      "ratio",
      "How many times faster than allowed this instance spends the budget.",
      "objective",
      "route_class",
      "window");
  public static final Metric BUDGET_COVERAGE = Metric.gauge(
      "nines_budget_coverage_ratio",
      "ratio",
      "Share of the budget's window that this instance has seen.");
  public static final Metric EXCHANGES = Metric.counter(
      "nines_exchanges_total",
      "Requests that ended, by outcome, client aborts included.",
      "outcome");
  public static final Metric ROUTES_FOLDED = Metric.counter(
      "nines_routes_folded_total",
      "Requests counted under _OTHER because the bound on routes was reached.");

  public static final Metric READY =
      Metric.gauge("nines_ready", "", "1 while this instance asks for traffic, else 0.");
  public static final Metric CHECK_STATUS = Metric.gauge(
      "nines_check_status",
      "",
      "State of a health check: 1 for the present one, else 0.",
      "check",
      "state");
  public static final Metric CHECK_STUCK = Metric.gauge(
      "nines_check_stuck_threads",
      "",
      "Threads of a health check that have not returned from their interrupt.",
      "check");
  public static final Metric DETECTION = Metric.gauge(
      "nines_detection_seconds",
      "seconds",
      "Worst time in which the checks as scheduled find a failure.");
  public static final Metric RECOVERY = Metric.gauge(
      "nines_recovery_seconds",
      "seconds",
      "Length of the last unready period; 0 before the first.");
  public static final Metric SATURATION =
      Metric.gauge("nines_saturation_ratio", "ratio", "How full a resource is.", "resource");
  public static final Metric TELEMETRY_DROPPED = Metric.counter(
      "nines_telemetry_dropped_total",
      "Spans, log events and listener calls that were lost.",
      "signal");
  public static final Metric PROCESS_START = Metric.gauge(
      "process_start_time_seconds", "seconds", "When the process started, in seconds since 1970.");

  private static final List<Metric> ALL = List.of(
      SERVER_DURATION,
      SERVER_ACTIVE,
      CLIENT_DURATION,
      CALL_DURATION,
      CALLS,
      DEADLINE_OVERRUNS,
      BREAKER_STATE,
      BUILD_INFO,
      TARGET,
      REQUESTS_GOOD,
      REQUESTS_BAD,
      BUDGET_REMAINING,
      BURN_RATE,
      BUDGET_COVERAGE,
      EXCHANGES,
      ROUTES_FOLDED,
      READY,
      CHECK_STATUS,
      CHECK_STUCK,
      DETECTION,
      RECOVERY,
      SATURATION,
      TELEMETRY_DROPPED,
      PROCESS_START);

  private Metrics() {}

  /** Returns every metric, in the order in which an operator meets them. */
  public static List<Metric> all() {
    return ALL;
  }
}
