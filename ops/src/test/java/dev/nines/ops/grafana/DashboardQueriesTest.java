package dev.nines.ops.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.prometheus.RealPrometheus;
import dev.nines.ops.testing.Generated;
import dev.nines.targets.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Every query of every dashboard returns data on a Prometheus that scrapes a running service. */
class DashboardQueriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Whatever fires: that rules do is tested where they are made. */
  private static final String RULES = """
      groups:
        - name: incident
          interval: 1s
          rules:
            - alert: NinesErrorBurn
              expr: vector(1)
              labels: {service: checkout, severity: page}
      """;

  @TempDir
  private static Path directory;

  private static WatchedService service;
  private static RealPrometheus prometheus;

  @BeforeAll
  static void start() throws Exception {
    service = new WatchedService(Generated.targets());
    Path rules = Files.writeString(directory.resolve("incident.yaml"), RULES);
    prometheus = new RealPrometheus(
        directory,
        "  - job_name: checkout\n    static_configs: [{targets: ['"
            + authority(service.metrics().toString())
            + "', '" + authority(service.springMetrics().toString()) + "']}]\n"
            + "rule_files: ['" + rules + "']\n");
  }

  @AfterAll
  static void stop() throws Exception {
    prometheus.close();
    service.close();
  }

  private static String authority(String uri) {
    return uri.substring("http://".length(), uri.length() - "/metrics".length());
  }

  @ParameterizedTest
  @EnumSource
  void everyQueryOfEveryDashboardReturnsData(HttpNaming naming) throws Exception {
    Blueprint blueprint = Generated.checkout().naming(naming);
    Generated files = new Generated(blueprint);
    Set<String> open = new LinkedHashSet<>();
    for (String path : files.paths()) {
      if (path.startsWith("grafana/")) {
        open.addAll(queries(files.document(path)));
      }
    }
    assertThat(open).hasSizeGreaterThan(40);

    await().atMost(PATIENCE).pollInterval(PAUSE).untilAsserted(() -> {
      service.traffic();
      open.removeIf(DashboardQueriesTest::returnsData);
      assertThat(open).as("queries without data").isEmpty();
    });
  }

  private static boolean returnsData(String query) {
    try {
      return !prometheus.client().query(query, Instant.now()).isEmpty();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(query, e);
    }
  }

  /** Returns the queries with their variables filled in, as Grafana does, on a scale of time that a test can wait for. */
  private static List<String> queries(JsonNode dashboard) {
    List<String> queries = new ArrayList<>();
    dashboard
        .at("/annotations/list")
        .forEach(mark -> queries.add(mark.get("expr").asString()));
    for (JsonNode panel : dashboard.get("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.get("expr").asString()));
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.get("type").asString().equals("query")) {
        // label_values(metric, label) asks which series there are
        queries.add(variable
            .get("definition")
            .asString()
            .replaceAll("label_values\\((.*), (\\w+)\\)", "count by ($2) ($1)"));
      }
    }
    String window = Durations.format(Generated.targets().window());
    return queries.stream()
        .map(query -> query
            .replace("$__rate_interval", "10s")
            .replace("$instance", ".*")
            .replace("$job", ".*")
            .replace("[" + window + ":5m]", "[1m:1s]"))
        .toList();
  }
}
