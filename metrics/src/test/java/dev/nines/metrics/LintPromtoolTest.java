package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.metrics.lint.Exposure;
import dev.nines.metrics.lint.Finding;
import dev.nines.metrics.lint.MetricsLint;
import dev.nines.metrics.lint.PrometheusFamilies;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What promtool finds on a scrape, the lint finds in the process. */
class LintPromtoolTest {

  /** The beginnings of promtool's messages, and our rules for the same. */
  private static final Map<String, String> RULES = Map.of(
      "no help text", "help-missing",
      "use base unit", "base-unit",
      "non-counter metrics should not have \"_total\"", "total-reserved",
      "non-histogram and non-summary metrics should not have", "reserved-suffix",
      "non-histogram metrics should not have \"_bucket\"", "reserved-suffix",
      "metric name should not include type", "type-in-name",
      "metric names should be written in 'snake_case'", "snake-case",
      "label names should be written in 'snake_case'", "snake-case",
      "metric names should not contain abbreviated units", "unit-abbreviated",
      "metric names should not contain ':'", "reserved-colon");

  @Test
  void whatPromtoolFindsTheLintFindsToo() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (String name : List.of(
        "without_help",
        "wait_milliseconds",
        "wait_ms",
        "uptime_hours",
        "size_kilobytes",
        "depth_count",
        "depth_sum",
        "jobs_gauge",
        "jobs_counter_left",
        "jobsDone",
        "wait_seconds",
        "free_mb",
        "thermometers",
        "ms_first")) {
      Gauge.builder(name, () -> 1)
          .description(name.equals("without_help") ? null : "Something.")
          .register(registry);
    }
    Gauge.builder("labelled", () -> 1)
        .description("Something.")
        .tag("jobKind", "a")
        .register(registry);
    io.prometheus.metrics.core.metrics.Gauge.builder()
        .name("level:jobs:sum")
        .help("Something.")
        .register(registry.getPrometheusRegistry());
    Histogram.builder()
        .name("run_minutes")
        .help("Runs.")
        .register(registry.getPrometheusRegistry());
    Summary.builder().name("call_us").help("Calls.").register(registry.getPrometheusRegistry());
    registry.counter("orders", "shopId", "1");

    List<String> theirs = promtool(registry.scrape());
    List<String> ours = lint(registry);

    assertThat(theirs).hasSizeGreaterThan(14);
    assertThat(ours).containsAll(theirs);
    assertThat(ours).as("nothing beside").isEqualTo(theirs);
  }

  @Test
  void neitherFindsAnythingInOurOwnScrape() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      service.requests.serve("GET /orders/{id}", 200).fail("POST /orders", new Exception());
      service.dependencies().guards().get(0).call(() -> "paid");

      assertThat(promtool(service.scrape())).isEmpty();
      assertThat(lint((PrometheusMeterRegistry) signals.registry())).isEmpty();
    }
  }

  private static List<String> lint(PrometheusMeterRegistry registry) {
    Exposure exposure = new Exposure(
        PrometheusFamilies.of(registry.getPrometheusRegistry().scrape()),
        List.of(),
        0,
        1_000,
        0,
        List.of());
    TreeSet<String> found = new TreeSet<>();
    for (Finding finding : MetricsLint.check(exposure)) {
      found.add(finding.metric() + " " + finding.rule());
    }
    return new ArrayList<>(found);
  }

  private static List<String> promtool(String scrape) throws Exception {
    TreeSet<String> found = new TreeSet<>();
    for (String line : Promtool.check(scrape).lines().toList()) {
      String[] parts = line.split(" ", 2);
      String rule = RULES.entrySet().stream()
          .filter(entry -> parts[1].startsWith(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("unknown: " + parts[1]);
      found.add(parts[0] + " " + rule);
    }
    return new ArrayList<>(found);
  }
}
