package dev.nines.ops.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.ops.Generators;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.testing.Tool;
import dev.nines.testing.RealPrometheus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way: a service fails, Prometheus scrapes it and evaluates the generated rules, Alertmanager routes what fires, and
 * a receiver hears of it. Only times are shorter: a minute of the rules takes three seconds.
 */
class LiveAlertsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<GeneratedFile> GENERATED =
      Generators.generate(Blueprint.of(BreakableService.TARGETS, "checkout"));

  @TempDir
  Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"prometheus/rules.yaml", "prometheus/fleet/rules.yaml"})
  void anOutageFiresIsDeliveredAndEnds(String rules) throws Exception {
    Tool.require("prometheus");
    Tool.require("prometheus-alertmanager");
    Path quick = Files.writeString(directory.resolve("rules.yaml"), quicker(generated(rules)));
    try (BreakableService service = new BreakableService();
        RealAlertmanager alertmanager =
            new RealAlertmanager(directory, generated("alertmanager/alertmanager.yaml"));
        RealPrometheus prometheus =
            new RealPrometheus(directory, configuration(service, quick, alertmanager))) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(prometheus.query(
              "nines:requests_valid:increase2m{objective=\"errors\"} offset 3s > 20"))
          .hasSize(1));
      assertThat(prometheus.query("ALERTS{alertstate=\"firing\",severity=\"page\"}"))
          .isEmpty();

      service.fail();

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(alertmanager.deliveries())
          .anySatisfy(delivery -> {
            assertThat(delivery.receiver()).isEqualTo("pagerduty");
            assertThat(delivery.fires("NinesErrorBurn")).isTrue();
            assertThat(delivery.message().at("/commonLabels/service").asString())
                .isEqualTo("checkout");
            assertThat(
                    delivery.message().at("/alerts/0/annotations/runbook_url").asString())
                .endsWith(".md");
          }));
      assertThat(prometheus.query("ALERTS{alertname=\"NinesErrorBurn\",alertstate=\"firing\"}"))
          .hasSize(1);
      assertThat(prometheus.query("ALERTS{alertname=~\"NinesLatency.*\",alertstate=\"firing\"}"))
          .isEmpty();

      service.recover();

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(
              prometheus.query("ALERTS{alertname=\"NinesErrorBurn\",alertstate=\"firing\"}"))
          .isEmpty());
      assertThat(prometheus.query("ALERTS{alertname=~\"Nines(Service|Metrics).*\"}"))
          .isEmpty();
      assertThat(prometheus.query("prometheus_rule_evaluation_failures_total > 0"))
          .isEmpty();
    }
  }

  private static String configuration(
      BreakableService service, Path rules, RealAlertmanager alertmanager) {
    return RealPrometheus.scraping("checkout", service.metrics())
        + "rule_files: ['" + rules + "']\n"
        + "alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:"
        + alertmanager.port() + "']}]}]}\n";
  }

  private static String quicker(String rules) {
    return rules
        .replaceAll("interval: \\w+", "interval: 1s")
        .replace("[2m]", "[6s]")
        .replace("[5m]", "[15s]")
        .replace("offset 1m", "offset 3s")
        .replace("offset 6m", "offset 18s")
        .replaceAll("keep_firing_for: \\w+", "keep_firing_for: 3s");
  }

  private static String generated(String path) {
    return GENERATED.stream()
        .filter(file -> file.path().equals(path))
        .map(GeneratedFile::content)
        .findFirst()
        .orElseThrow();
  }
}
