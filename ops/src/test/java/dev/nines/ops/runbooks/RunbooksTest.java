package dev.nines.ops.runbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.generate.Links;
import dev.nines.ops.generate.Ports;
import dev.nines.ops.prometheus.RealPrometheus;
import dev.nines.ops.testing.Generated;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunbooksTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+\\.md)\\)");
  private static final Pattern QUERIES = Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL);
  private static final Set<String> OCCASIONS = Set.of(
      "runbooks/deploy.md",
      "runbooks/rollback.md",
      "runbooks/incident.md",
      "runbooks/disaster-recovery.md",
      "runbooks/scaling.md",
      "runbooks/post-mortem.md");

  private final Generated files = new Generated(Generated.checkout()
      .linking(new Links(
          URI.create("https://wiki.example.org/runbooks"), URI.create("https://g.example.org")))
      .listening(new Ports(7000, 7001)));

  private Set<String> runbooks() {
    return files.paths().stream()
        .filter(path -> path.startsWith("runbooks/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachAlertOfAServiceAndOfAFleetHasItsRunbookAndNoneIsLeftOver() {
    Set<String> linked = new TreeSet<>(OCCASIONS);
    for (String rules : List.of("prometheus/rules.yaml", "prometheus/fleet/rules.yaml")) {
      for (JsonNode rule : files.document(rules).get("groups").findParents("alert")) {
        String link = rule.at("/annotations/runbook_url").asString();
        assertThat(link).startsWith("https://wiki.example.org/runbooks/");
        linked.add(link.substring("https://wiki.example.org/".length()));
        assertThat("https://wiki.example.org/"
                + Links.runbookFile(rule.get("alert").asString()))
            .isEqualTo(link);
      }
    }

    assertThat(runbooks()).isEqualTo(linked);
  }

  @Test
  void eachRunbookOfAnAlertSaysWhatToDo() {
    Set<String> alerts = runbooks();
    alerts.removeAll(OCCASIONS);

    assertThat(alerts).hasSizeGreaterThan(20).allSatisfy(path -> assertThat(files.text(path))
        .as(path)
        .containsSubsequence(
            "# Nines",
            "Severity `",
            "## What it means",
            "## First look",
            "```promql",
            "## Likely causes",
            "## Mitigation",
            "## Escalation"));
  }

  @Test
  void linksBetweenRunbooksLeadToRunbooks() {
    Set<String> there = runbooks();
    for (String path : there) {
      Matcher link = LINK.matcher(files.text(path));
      while (link.find()) {
        assertThat(there).as(path).contains("runbooks/" + link.group(1));
      }
    }
  }

  @Test
  void theyNameTheServiceItsNumbersAndItsPorts() {
    assertThat(files.text("runbooks/nines-backup-old.md"))
        .contains("checkout", "older than 1d", "nines_backup_age_seconds{job=\"checkout\"}");
    assertThat(files.text("runbooks/nines-error-burn.md"))
        .contains(
            "http://INSTANCE:7001/health", "`default.errors.burn_1h`: page: 1h and 5m ≥ 1.296%");
    assertThat(files.text("runbooks/nines-breaker-open.md"))
        .contains("`orders-db`, required", "`payments`, optional", "after 300ms");
    assertThat(files.text("runbooks/rollback.md")).contains("Promised within 5m");
    assertThat(files.text("runbooks/nines-very-slow.md"))
        .contains("for `POST /orders` p95 200ms, p99 1s");
    assertThat(runbooks()).allSatisfy(path -> assertThat(files.text(path)).doesNotContain("${"));
  }

  @Test
  void theyAskForMetricsAsTheServiceNamesThem() {
    Generated spring = new Generated(Generated.checkout().naming(HttpNaming.SPRING));

    assertThat(spring.text("runbooks/nines-error-burn.md"))
        .contains(
            "sum by (uri) (rate(http_server_requests_seconds_count{job=\"checkout\",status=~\"5..\"}[5m]))");
  }

  @Test
  void aMetricThatNobodyKnowsIsFoundOut() {
    Facts facts = new Facts(Generated.checkout());

    assertThat(facts.get("nines_ready")).isEqualTo("nines_ready{job=\"checkout\"}");
    assertThatThrownBy(() -> facts.get("nines_readyness")).hasMessageContaining("nines_readyness");
  }

  @Test
  void prometheusUnderstandsEveryQuery(@TempDir Path directory) throws Exception {
    Set<String> queries = new LinkedHashSet<>();
    for (String path : runbooks()) {
      queries.addAll(queries(files.text(path)));
    }
    assertThat(queries).hasSizeGreaterThan(50);

    try (RealPrometheus prometheus = new RealPrometheus(
        directory, RealPrometheus.scraping("none", URI.create("http://127.0.0.1:9/metrics")))) {
      for (String query : queries) {
        // a query that is refused throws, and says why
        prometheus.client().query(query, Instant.now());
      }
    }
  }

  private static List<String> queries(String text) {
    List<String> queries = new ArrayList<>();
    Matcher block = QUERIES.matcher(text);
    while (block.find()) {
      block.group(1).lines().forEach(queries::add);
    }
    return queries;
  }
}
