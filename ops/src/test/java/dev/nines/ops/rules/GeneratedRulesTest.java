package dev.nines.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.testing.Tool;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files as a user gets them, asked of promtool. */
@Tag("promtool")
class GeneratedRulesTest {

  private static final ReliabilityTargets WITH_ROUTE = ReliabilityTargets.builder()
      .route(new RouteTargets(
          "POST /orders",
          Optional.empty(),
          Optional.of(LatencyTargets.of(Duration.ofMillis(500), Duration.ofSeconds(1)))))
      .build();

  /** A number that an alert compares with, but for the least count of bad requests. */
  private static final Pattern THRESHOLD =
      Pattern.compile("(?<=[<>]=? )(?!4\\.5|0\\b(?!\\.))\\d[\\d.]*");

  @TempDir
  Path directory;

  static List<Blueprint> blueprints() {
    Blueprint plain = Blueprint.of(ReliabilityTargets.threeNines(), "checkout");
    return List.of(
        plain,
        plain.selecting("namespace=\"shop\",job=~\"check.+\",tier!=\"a\\\"b\""),
        Blueprint.of(WITH_ROUTE, "checkout"),
        Blueprint.of(
            ReliabilityTargets.builder()
                .errorRate(new BigDecimal("0.2"))
                .availability(new BigDecimal("0.5"))
                .window(Duration.ofDays(1))
                .build(),
            "check.out_1-2"),
        Blueprint.of(
            ReliabilityTargets.builder()
                .route(new RouteTargets(
                    "GET /a\"b\\{{id}}#:'",
                    Optional.of(new BigDecimal("0.000000000001")),
                    Optional.empty()))
                .build(),
            "checkout"));
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void promtoolsLintFindsNoFault(Blueprint blueprint) throws Exception {
    write(blueprint);

    for (String rules : List.of("prometheus/rules.yaml", "prometheus/fleet/rules.yaml")) {
      Tool.run("promtool", "check", "rules", "--lint=all", "--lint-fatal", path(rules))
          .succeeded();
    }
  }

  @Test
  void everyAlertSaysWhatWhyAndWhereToReadOn() throws Exception {
    write(Blueprint.of(WITH_ROUTE, "checkout"));
    for (String rules : List.of("prometheus/rules.yaml", "prometheus/fleet/rules.yaml")) {
      Set<String> seen = new TreeSet<>();
      JsonNode groups =
          new YAMLMapper().readTree(Files.readString(directory.resolve(rules))).get("groups");
      groups.valueStream().flatMap(group -> group.get("rules").valueStream()).forEach(rule -> {
        if (rule.has("alert")) {
          seen.add(rule.get("alert").asString());
          assertThat(rule.get("labels").propertyNames()).contains("severity", "service");
          assertThat(rule.get("annotations").propertyNames())
              .containsExactly("summary", "description", "runbook_url", "dashboard_url");
        }
      });
      assertThat(seen)
          .as(rules)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Alert.values()).map(Alert::label).toList());
    }
  }

  @Test
  void aFleetsRulesAreTheSameForEveryDeclaration() {
    assertThat(blueprints().stream()
            .map(blueprint -> new PrometheusRules().generate(blueprint).get(1).content())
            .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus/rules_test.yaml",
        "prometheus/rules_days_test.yaml",
        "prometheus/fleet/rules_test.yaml",
        "prometheus/fleet/rules_days_test.yaml"
      })
  void theGeneratedTestsPass(String tests) throws Exception {
    write(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"));

    Tool.run("promtool", "test", "rules", path(tests)).succeeded();
  }

  @Test
  void aHalvedThresholdFailsThem() throws Exception {
    write(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"));
    Path rules = directory.resolve("prometheus/rules.yaml");
    Set<String> mutated = new TreeSet<>();
    Files.writeString(rules, halved(Files.readString(rules), mutated));

    String failures = Tool.run("promtool", "test", "rules", path("prometheus/rules_test.yaml"))
            .said()
        + Tool.run("promtool", "test", "rules", path("prometheus/rules_days_test.yaml"))
            .said();

    assertThat(mutated).hasSizeGreaterThan(15);
    assertThat(mutated).allSatisfy(alert -> assertThat(failures).contains(alert));
  }

  @Test
  void oneHalvedThresholdIsEnough() throws Exception {
    write(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"));
    Path rules = directory.resolve("prometheus/rules.yaml");
    String text = Files.readString(rules);
    assertThat(text).containsOnlyOnce(">= 0.03 * ");
    Files.writeString(rules, text.replace(">= 0.03 * ", ">= 0.015 * "));

    Tool promtool = Tool.run("promtool", "test", "rules", path("prometheus/rules_test.yaml"));

    assertThat(promtool.exitCode()).isNotZero();
    assertThat(promtool.said()).contains("NinesErrorFastBurn").doesNotContain("NinesErrorBurn");
  }

  /** Halves each threshold of each alert, and notes the names of those that have one. */
  private static String halved(String text, Set<String> alerts) {
    StringBuilder result = new StringBuilder();
    String alert = "";
    for (String line : text.lines().toList()) {
      if (line.contains("- alert: ")) {
        alert = line.substring(line.indexOf(": ") + 2);
      } else if (line.contains("- record: ")) {
        alert = "";
      }
      boolean expression = line.startsWith("          ") && !line.contains(": \"");
      if (!alert.isEmpty() && expression && THRESHOLD.matcher(line).find()) {
        alerts.add(alert);
        line = THRESHOLD.matcher(line).replaceAll(GeneratedRulesTest::half);
      }
      result.append(line).append('\n');
    }
    return result.toString();
  }

  private static String half(MatchResult number) {
    return new BigDecimal(number.group()).divide(BigDecimal.valueOf(2)).toPlainString();
  }

  private void write(Blueprint blueprint) throws Exception {
    for (GeneratedFile file : new PrometheusRules().generate(blueprint)) {
      Path path = directory.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.content());
    }
    assertThat(new PrometheusRules()
            .generate(blueprint).stream().map(GeneratedFile::path).collect(Collectors.toSet()))
        .hasSize(6);
  }

  private String path(String file) {
    return directory.resolve(file).toString();
  }
}
