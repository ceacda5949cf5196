package dev.nines.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.rules.HalvedThresholds.Mutant;
import dev.nines.ops.testing.Tool;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
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

  /** Where the rules of one service are, and those of a fleet. */
  private static final String ONE = "prometheus/";

  private static final String FLEET = "prometheus/fleet/";

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

  @Execution(ExecutionMode.CONCURRENT)
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
  void aDescriptionTellsWhatIsPromised() {
    String rules = new PrometheusRules()
        .generate(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"))
        .get(0)
        .content();

    assertThat(rules)
        .contains(
            "{{ $value | humanizePercentage }} of the requests of the last 5m failed, of route class"
                + " {{ $labels.route_class }}; 0.1% may.",
            "were slower than {{ $labels.objective }} of route class {{ $labels.route_class }}"
                + " promises; 5% may.");
  }

  @Test
  void aFleetsRulesAreTheSameForEveryDeclaration() {
    assertThat(blueprints().stream()
            .map(blueprint -> new PrometheusRules().generate(blueprint).get(1).content())
            .distinct())
        .hasSize(1);
  }

  @Execution(ExecutionMode.CONCURRENT)
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

  /** The last threshold of each alert but one, which is a share, or the only one that it has. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aHalvedShareFailsThem() throws Exception {
    List<String> survivors = survivors(
        ONE,
        alert -> Math.max(0, alert.thresholds().size() - 2),
        "rules_test.yaml",
        "rules_days_test.yaml");

    assertThat(survivors).isEmpty();
  }

  /** The last threshold of each alert that has several is the least count of bad requests. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aHalvedMinimumFailsThem() throws Exception {
    List<String> survivors = survivors(
        ONE,
        alert -> alert.objective().isEmpty() || alert.alert().endsWith("SlowBurn")
            ? -1
            : alert.thresholds().size() - 1,
        "rules_test.yaml");

    assertThat(survivors).isEmpty();
  }

  /** Each threshold of each alert in turn; one of every alert at a time, for each has expectations of its own. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("soak")
  void anyHalvedThresholdFailsThem() throws Exception {
    anyHalvedThresholdFails(ONE);
  }

  /** The same of the rules of a fleet. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("soak")
  void anyHalvedThresholdOfAFleetFailsThem() throws Exception {
    anyHalvedThresholdFails(FLEET);
  }

  private void anyHalvedThresholdFails(String form) throws Exception {
    List<String> survivors = new ArrayList<>();
    for (int i = 0; i < halvedThresholds(form).most(); i++) {
      int which = i;
      survivors.addAll(survivors(
          form,
          alert -> which < alert.thresholds().size() ? which : -1,
          "rules_test.yaml",
          "rules_days_test.yaml"));
    }

    assertThat(survivors).isEmpty();
  }

  /** Returns the alerts whose chosen threshold was halved and whose tests pass all the same; -1 leaves an alert as it is. */
  private List<String> survivors(String form, ToIntFunction<Mutant> chosen, String... tests)
      throws Exception {
    write(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"));
    HalvedThresholds rules = halvedThresholds(form);
    Map<Mutant, Integer> mutants = new LinkedHashMap<>();
    for (Mutant alert : rules.alerts()) {
      if (chosen.applyAsInt(alert) >= 0) {
        mutants.put(alert, chosen.applyAsInt(alert));
      }
    }
    assertThat(mutants).isNotEmpty();
    Files.writeString(directory.resolve(form + "rules.yaml"), rules.halved(mutants));
    List<String> failures = new ArrayList<>();
    for (String test : tests) {
      Tool.run("promtool", "test", "rules", path(form + test))
          .said()
          .lines()
          .filter(line -> line.contains("expr: "))
          .forEach(failures::add);
    }
    return mutants.keySet().stream()
        .filter(alert -> failures.stream().noneMatch(alert::isMeantBy))
        .map(alert -> alert + ": threshold " + mutants.get(alert))
        .toList();
  }

  private HalvedThresholds halvedThresholds(String form) {
    return new HalvedThresholds(new PrometheusRules()
        .generate(Blueprint.of(ReliabilityTargets.threeNines(), "checkout")).stream()
            .filter(file -> file.path().equals(form + "rules.yaml"))
            .findFirst()
            .orElseThrow()
            .content());
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
