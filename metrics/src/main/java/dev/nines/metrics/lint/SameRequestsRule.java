package dev.nines.metrics.lint;

import dev.nines.telemetry.MetricKind;
import dev.nines.telemetry.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Two instrumentations of the same requests: sums over both count everything twice. A histogram or summary of others is
 * one if it is known by name, or if its labels are a method and a status.
 */
final class SameRequestsRule implements Rule {

  private static final String RULE = "same-requests";
  private static final String AGENT = "opentelemetry-javaagent";

  private static final Set<String> SERVERS = Set.of(
      "http_server_requests_seconds", // Spring, Micronaut, Quarkus
      "http_server_duration_seconds", // OpenTelemetry before its conventions were stable
      "http_server_duration_milliseconds",
      "jetty_server_requests_seconds",
      "ktor_http_server_requests_seconds",
      "vertx_http_server_response_time_seconds",
      "http_request_duration_seconds");

  private static final Set<String> CLIENTS = Set.of(
      "http_client_requests_seconds", // Spring
      "http_client_duration_seconds", // OpenTelemetry before its conventions were stable
      "http_client_duration_milliseconds",
      "httpcomponents_httpclient_request_seconds",
      "okhttp_requests_seconds",
      "vertx_http_client_response_time_seconds");

  private static final Set<String> METHODS = Set.of("method", "http_method", "http_request_method");
  private static final Set<String> STATUSES =
      Set.of("status", "code", "status_code", "http_status_code", "http_response_status_code");

  private static final Set<String> OURS =
      Set.of(Metrics.SERVER_DURATION.name(), Metrics.CLIENT_DURATION.name());

  @Override
  public void check(Exposure exposure, Consumer<Finding> found) {
    boolean serves = observes(exposure, Metrics.SERVER_DURATION.name());
    boolean calls = observes(exposure, Metrics.CLIENT_DURATION.name());
    for (ExposedFamily family : exposure.families()) {
      if (family.observed() > 0 && !OURS.contains(family.name())) {
        if (serves && isServer(family)) {
          found.accept(twice(family.name(), Metrics.SERVER_DURATION.name()));
        }
        if (calls && isClient(family)) {
          found.accept(twice(family.name(), Metrics.CLIENT_DURATION.name()));
        }
      }
    }
    agent(exposure.agents(), serves, found);
  }

  private static boolean observes(Exposure exposure, String name) {
    return exposure.families().stream()
        .anyMatch(family -> family.name().equals(name) && family.observed() > 0);
  }

  private static boolean isServer(ExposedFamily family) {
    return SERVERS.contains(family.name())
        || isTimeOfRequests(family) && !hasClient(family) && !CLIENTS.contains(family.name());
  }

  private static boolean isClient(ExposedFamily family) {
    return CLIENTS.contains(family.name()) || isTimeOfRequests(family) && hasClient(family);
  }

  private static boolean isTimeOfRequests(ExposedFamily family) {
    boolean distribution =
        family.kind() == MetricKind.HISTOGRAM || family.kind() == MetricKind.SUMMARY;
    Set<String> labels = family.values().keySet();
    return distribution
        && family.name().endsWith("seconds")
        && labels.stream().anyMatch(METHODS::contains)
        && labels.stream().anyMatch(STATUSES::contains);
  }

  private static boolean hasClient(ExposedFamily family) {
    return family.name().toLowerCase(Locale.ROOT).contains("client");
  }

  private static void agent(List<String> agents, boolean serves, Consumer<Finding> found) {
    if (serves && agents.stream().anyMatch(agent -> agent.contains(AGENT))) {
      found.accept(
          new Finding(
              RULE,
              Metrics.SERVER_DURATION.name(),
              Severity.WARNING,
              "OpenTelemetry's Java agent measures the same requests and exports them itself.",
              "Leave one of them out of what you add up: OTEL_METRICS_EXPORTER=none keeps the agent to traces."));
    }
  }

  private static Finding twice(String theirs, String ours) {
    return new Finding(
        RULE,
        theirs,
        Severity.WARNING,
        "It measures the same requests as " + ours + ".",
        "Switch one of the two off, for Spring's with"
            + " management.metrics.enable.http.server.requests=false, so that nobody adds them up.");
  }
}
