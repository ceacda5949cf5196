package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;

/** Under which name and labels the requests served are timed. The bounds of the histogram are the derived ones with each. */
public enum RequestNaming {

  /** OpenTelemetry's: {@code http_server_request_duration_seconds}. */
  OTEL(Metrics.SERVER_DURATION) {
    @Override
    String[] labels(String method, String template, String status, String errorType) {
      return new String[] {method, template, status, errorType};
    }
  },

  /**
   * Spring Boot's: {@code http_server_requests_seconds} with {@code error}, {@code exception}, {@code method}, {@code outcome},
   * {@code status} and {@code uri}, so that dashboards made for it go on working. A client that went away is the exception
   * {@code client_abort}.
   */
  SPRING(SpringLabels.DURATION) {
    @Override
    String[] labels(String method, String template, String status, String errorType) {
      return SpringLabels.of(method, template, status, errorType);
    }
  };

  private final Metric metric;

  RequestNaming(Metric metric) {
    this.metric = metric;
  }

  Metric metric() {
    return metric;
  }

  /**
   * Returns the values of the metric's labels, in their order.
   *
   * @param status empty where none was sent
   * @param errorType empty on success
   */
  abstract String[] labels(String method, String template, String status, String errorType);
}
