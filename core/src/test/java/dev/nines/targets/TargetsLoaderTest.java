package dev.nines.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsLoaderTest {

  private static final Map<String, String> NO_VARIABLES = Map.of();

  /** The declaration of the design, with every key. */
  private static final String WHOLE = """
      service: checkout
      targets:
        availability: 99.8%
        errorRate: 0.2%
        latency: {p95: 150ms, p99: 400ms, p99.9: 1m30s}
        saturation: {cpu: 60%, memory: 70%, disk: 75%}
        recovery: {detection: 20s, restore: 4m, rollback: 3m, rto: 1h, rpo: 12h}
        durability: 99.99%
        window: 28d
      lifecycle: {start: 1m, preStop: 0s, drain: 10s, grace: 15s}
      traffic: {peak: 6000/m}
      routes:
        "POST /orders": {errorRate: 1%, latency: {p99: 1s}}
      dependencies:
        orders-db: {required: true, availability: 99.95%}
        payments: {required: false, latencyShare: 50%, onFailure: degrade, errorRate: 1%,
                   failureRateThreshold: 30%, deadline: 250ms, idempotent: true}
      """;

  @TempDir
  Path directory;

  @Test
  void everyKeyOfAWholeDeclarationIsRead() throws IOException {
    ReliabilityTargets targets = load(WHOLE);

    assertThat(targets.service()).contains("checkout");
    assertThat(targets.availability()).isEqualByComparingTo("0.998");
    assertThat(targets.errorRate()).isEqualByComparingTo("0.002");
    assertThat(targets.latency().targets())
        .extracting(LatencyTarget::label)
        .containsExactly("p95", "p99", "p99.9");
    assertThat(targets.latency().threshold(new BigDecimal("0.999")))
        .contains(Duration.ofSeconds(90));
    assertThat(targets.saturation())
        .isEqualTo(new SaturationTargets(
            new BigDecimal("0.6"), new BigDecimal("0.7"), new BigDecimal("0.75")));
    assertThat(targets.recovery())
        .isEqualTo(new RecoveryTargets(
            Duration.ofSeconds(20),
            Duration.ofMinutes(4),
            Duration.ofMinutes(3),
            Duration.ofHours(1),
            Duration.ofHours(12)));
    assertThat(targets.durability()).isEqualByComparingTo("0.9999");
    assertThat(targets.window()).isEqualTo(Duration.ofDays(28));
    assertThat(targets.lifecycle())
        .isEqualTo(new LifecycleTimings(
            Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(15)));
    assertThat(targets.peakRequestsPerSecond().orElseThrow()).isEqualByComparingTo("100");
    assertThat(targets.errorRate("POST /orders")).isEqualByComparingTo("0.01");
    assertThat(targets.latency("POST /orders").p99()).isEqualTo(Duration.ofSeconds(1));
    assertThat(targets.dependencies().keySet()).containsExactly("orders-db", "payments");
    assertThat(targets.dependencies().get("payments"))
        .isEqualTo(DependencyTargets.optional("payments")
            .withLatencyShare(new BigDecimal("0.5"))
            .withOnFailure(DependencyTargets.OnFailure.DEGRADE)
            .withErrorRate(new BigDecimal("0.01"))
            .withFailureRateThreshold(new BigDecimal("0.3"))
            .withDeadline(Duration.ofMillis(250))
            .withIdempotent(true));
    assertThat(targets.dependencies().get("orders-db").availability())
        .contains(new BigDecimal("0.9995"));
  }

  static Arguments[] malformed() {
    return new Arguments[] {
      wrong(
          "targets:\n  erorRate: 0.1%",
          "targets.yaml:2: targets.erorRate: unknown key, with"
              + " 0.1% (expected: errorRate? Known here are keys: availability, errorRate, latency,"
              + " saturation, recovery, durability, window)"),
      wrong(
          "targets:\n  errorRate: 0.1",
          "targets.yaml:2: targets.errorRate: 0.1 (expected: a"
              + " percentage such as 99.9%; a bare number is ambiguous: write 0.1% or 10%)"),
      wrong(
          "targets:\n  availability: high",
          "targets.yaml:2: targets.availability: high (expected:" + " a percentage such as 99.9%)"),
      wrong(
          "targets:\n  latency:\n    p99: 500",
          "targets.yaml:3: targets.latency.p99: 500"
              + " (expected: a duration such as 200ms, 30s, 5m, 2h, 30d or 1m30s; a number needs its"
              + " unit: write 500s or 500ms)"),
      wrong(
          "targets:\n  latency:\n    p99: 500 parsecs",
          "targets.yaml:3: targets.latency.p99: 500"
              + " parsecs (expected: a duration such as 200ms, 30s, 5m, 2h, 30d or 1m30s)"),
      wrong(
          "targets:\n  latency: fast",
          "targets.yaml:2: targets.latency: fast (expected: keys:"
              + " p50, p90, p95, p99, p99.9 or another quantile below p100)"),
      wrong(
          "targets:\n  latency: {p100: 1s}",
          "targets.yaml:2: targets.latency.p100: unknown key,"
              + " with 1s (expected: keys: p50, p90, p95, p99, p99.9 or another quantile below p100)"),
      wrong(
          "targets: [1, 2]",
          "targets.yaml:1: targets: a list (expected: keys: availability,"
              + " errorRate, latency, saturation, recovery, durability, window)"),
      wrong(
          "targets:\n  errorRate: {a: b}",
          "targets.yaml:2: targets.errorRate: a mapping"
              + " (expected: a percentage such as 99.9%)"),
      wrong(
          "targets:\n  errorRate:",
          "targets.yaml:2: targets.errorRate: nothing (expected: a" + " percentage such as 99.9%)"),
      wrong(
          "targets:\n  errorRate: 1%\n  errorRate: 2%",
          "targets.yaml:3: targets.errorRate:"
              + " declared twice, now as 2% (expected: each key once)"),
      wrong(
          "service: 12", "targets.yaml:1: service: 12 (expected: a name in text; quote a number)"),
      wrong(
          "service: \"no spaces\"",
          "targets.yaml:1: service: no spaces (expected: 1 to 100"
              + " letters, digits, '.', '_' or '-')"),
      wrong(
          "traffic: {peak: 200}",
          "targets.yaml:1: traffic.peak: 200 (expected: a rate such as"
              + " 200/s, 5000/m or 10/h; a number needs its unit: write 200/s)"),
      wrong(
          "traffic: {peak: 0/s}",
          "targets.yaml:1: traffic.peak: 0/s (expected: more than 0/s and at most 1000000000/s)"),
      wrong(
          "routes: {orders: {errorRate: 1%}}",
          "targets.yaml:1: routes: orders (expected: a method"
              + " and a template, such as \"POST /orders\")"),
      wrong(
          "routes:\n  GET /a:\n    deadline: 1s",
          "targets.yaml:3: routes.GET /a.deadline: unknown"
              + " key, with 1s (expected: keys: errorRate, latency)"),
      wrong(
          "dependencies: {payments: true}",
          "targets.yaml:1: dependencies.payments: true (expected:"
              + " keys: required, availability, latencyShare, onFailure, errorRate,"
              + " failureRateThreshold, deadline, idempotent)"),
      wrong(
          "dependencies: {db: {required: maybe}}",
          "targets.yaml:1: dependencies.db.required: maybe (expected: true or false)"),
      wrong(
          "dependencies: {db: {onFailure: panic}}",
          "targets.yaml:1: dependencies.db.onFailure: panic (expected: degrade or unready)"),
      wrong(
          "service: a\n---\nservice: b",
          "targets.yaml:3: a second document (expected: one document in the file)"),
      wrong("", "targets.yaml: empty (expected: targets: and what is promised, or no file at all)"),
      wrong(
          "# only a comment\n",
          "targets.yaml: empty (expected: targets: and what is promised, or no file at all)"),
      wrong(
          "just text",
          "targets.yaml:1: just text (expected: keys: service, targets, lifecycle,"
              + " traffic, traces, routes, dependencies)"),
      wrong(
          "traces: {keepBroken: 1.5/s}",
          "targets.yaml:1: traces.keepBroken: 1.5/s (expected: a whole number from 0/s to 1000/s)"),
      wrong(
          "traces: {trust: some}",
          "targets.yaml:1: traces.trust: some (expected: callers or none)"),
      wrong(
          "targets: &a {errorRate: 1%}",
          "targets.yaml:1: targets: an anchor, alias or tag (expected: the value itself)"),
      wrong(
          "service: &s x\ntraffic: {peak: *s}",
          "targets.yaml:2: traffic.peak: an anchor, alias or tag (expected: the value itself)"),
      wrong(
          "service: !!str x",
          "targets.yaml:1: service: an anchor, alias or tag (expected: the value itself)"),
      wrong(
          "targets:\n  availability: 100%",
          "targets.yaml:2: targets.availability: 100% (expected:"
              + " less than 100%, which leaves no budget for any change)"),
      wrong(
          "targets:\n  latency: {p99: 100ms}",
          "targets.yaml:2: targets.latency.p99: 100ms"
              + " (expected: at least latency.p95, 200ms: a higher quantile cannot be faster than a lower"
              + " one)"),
      wrong(
          "targets:\n  latency: {p95: 600ms}",
          "targets.yaml:2: targets.latency.p99: 500ms"
              + " (expected: at least latency.p95, 600ms: a higher quantile cannot be faster than a lower"
              + " one); targets.latency.p99 is not declared, this is its default"),
      wrong(
          "lifecycle:\n  drain: 30s",
          "targets.yaml:2: lifecycle.grace: 30s (expected: at least"
              + " preStop + drain + 5s, 40s, or the platform kills requests in flight); lifecycle.grace is"
              + " not declared, this is its default"),
    };
  }

  private static Arguments wrong(String yaml, String message) {
    return Arguments.of(yaml, message);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedDeclarationIsRefusedWithFileLineKeyValueAndWhatWasExpected(
      String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessage(message.replace("targets.yaml", file().toString()));
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(() -> load("""
            targets:
              availability: 100
              recovery: {detection: 1s, rto: 0s}
            dependencies:
              db: {latencyShare: 0%, errorRate: 30%}
            """)).message().satisfies(m -> assertThat(
            m.lines().map(l -> l.substring(l.indexOf(".yaml:") + 6)))
        .satisfiesExactly(
            l -> assertThat(l).startsWith("2: targets.availability: 100 (expected"),
            l -> assertThat(l).startsWith("3: targets.recovery.detection: 1s (expected"),
            l -> assertThat(l).startsWith("3: targets.recovery.rto: 0s (expected"),
            l -> assertThat(l).startsWith("5: dependencies.db.latencyShare: 0% (expected"),
            l -> assertThat(l).startsWith("5: dependencies.db.errorRate: 30% (expected")));
  }

  @Test
  void brokenYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> load("targets:\n  latency: {p95: 1s"))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageStartingWith(file() + ":")
        .hasMessageContaining("(expected: YAML, indented with spaces)");
    assertThatThrownBy(() -> load("targets:\n\terrorRate: 1%"))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageStartingWith(file() + ":2: found character");
  }

  @Test
  void aBombOfAliasesIsRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("service: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a").append(i).append(": &a").append(i);
      bomb.append((" [" + "*a" + (i - 1) + ", ").repeat(1))
          .append(("*a" + (i - 1) + ", ").repeat(8));
      bomb.append("x]\n");
    }
    assertThatThrownBy(() -> load(bomb.toString()))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageContaining(":2: a0: unknown key, with a list");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> load("targets: " + "[".repeat(100_000)))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageStartingWith(file() + ":1: ");
  }

  @Test
  void aFileWithoutEndIsRefused() throws IOException {
    Files.writeString(file(), "#".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> ReliabilityTargets.load(file(), NO_VARIABLES))
        .hasMessage(file() + ": more than 1 MiB (expected: a declaration of at most 1 MiB)");
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(file(), "service: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ReliabilityTargets.load(file(), NO_VARIABLES))
        .hasMessage(file() + ": not UTF-8 (expected: text in UTF-8)");
  }

  @Test
  void aMissingFileAndADirectoryAreRefused() {
    assertThatThrownBy(() -> ReliabilityTargets.load(file(), NO_VARIABLES))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessage(file() + ": there is no such file (expected: a readable file)");
    assertThatThrownBy(() -> ReliabilityTargets.load(directory, NO_VARIABLES))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aLongOrManyLinedValueStaysOneShortLineOfTheMessage() {
    assertThatThrownBy(
            () -> load("targets:\n  errorRate: \"1%\\nforged: " + "x".repeat(500) + "\""))
        .message()
        .satisfies(m -> assertThat(m.lines()).hasSize(1))
        .satisfies(
            m -> assertThat(m).contains("1%?forged: xxx").contains("…").hasSizeLessThan(400));
  }

  @Test
  void withoutAFileThePresetStands() {
    assertThat(ReliabilityTargets.load(NO_VARIABLES)).isEqualTo(ReliabilityTargets.threeNines());
  }

  @Test
  void ninesConfigNamesTheFile() throws IOException {
    Files.writeString(file(), "service: checkout");
    assertThat(
            ReliabilityTargets.load(Map.of("NINES_CONFIG", file().toString())).service())
        .contains("checkout");
  }

  @Test
  void theDeclarationOnTheClasspathIsFound() throws IOException {
    Files.writeString(directory.resolve("reliability.yaml"), "service: from-classpath");
    assertThat(loadWithClasspath(directory.toUri().toURL()).service()).contains("from-classpath");
  }

  @Test
  void twoDeclarationsOnTheClasspathAreRefused() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(directory.resolve("reliability.yaml"), "service: a");
    Files.writeString(other.resolve("reliability.yaml"), "service: b");
    assertThatThrownBy(
            () -> loadWithClasspath(directory.toUri().toURL(), other.toUri().toURL()))
        .hasMessageStartingWith("reliability.yaml: found 2 times on the classpath")
        .hasMessageContaining("NINES_CONFIG");
  }

  @Test
  void variablesOverruleTheFileAndCodeOverrulesBoth() throws IOException {
    Files.writeString(file(), WHOLE);
    ReliabilityTargets targets = ReliabilityTargets.load(
        file(),
        Map.ofEntries(
            Map.entry("NINES_SERVICE", "basket"),
            Map.entry("NINES_TARGETS_ERROR_RATE", "0.5%"),
            Map.entry("NINES_TARGETS_LATENCY_P99", "1s"),
            Map.entry("NINES_TARGETS_LATENCY_P99_9", "2m"),
            Map.entry("NINES_TARGETS_LATENCY_P97_5", "300ms"),
            Map.entry("NINES_TARGETS_RECOVERY_DETECTION", "45s"),
            Map.entry("NINES_LIFECYCLE_PRE_STOP", "2s"),
            Map.entry("NINES_LIFECYCLE_GRACE", "20s"),
            Map.entry("NINES_TRAFFIC_PEAK", "5/s"),
            Map.entry("NINES_ROUTES_POST_ORDERS_LATENCY_P99", "3s"),
            Map.entry("NINES_ROUTES_POST_ORDERS_ERROR_RATE", "2%"),
            Map.entry("NINES_DEPENDENCIES_ORDERS_DB_LATENCY_SHARE", "40%"),
            Map.entry("NINES_DEPENDENCIES_TAX_OFFICE_DEADLINE", "2s"),
            Map.entry("NINES_TARGETS_WINDOW", "")));

    assertThat(targets.service()).contains("basket");
    assertThat(targets.errorRate()).isEqualByComparingTo("0.005");
    assertThat(targets.latency().p99()).isEqualTo(Duration.ofSeconds(1));
    assertThat(targets.latency().threshold(new BigDecimal("0.999")))
        .contains(Duration.ofMinutes(2));
    assertThat(targets.latency().threshold(new BigDecimal("0.975")))
        .contains(Duration.ofMillis(300));
    assertThat(targets.latency().threshold(new BigDecimal("0.95")))
        .contains(Duration.ofMillis(150));
    assertThat(targets.recovery().detection()).isEqualTo(Duration.ofSeconds(45));
    assertThat(targets.lifecycle().preStop()).isEqualTo(Duration.ofSeconds(2));
    assertThat(targets.peakRequestsPerSecond()).contains(new BigDecimal("5"));
    assertThat(targets.latency("POST /orders").p99()).isEqualTo(Duration.ofSeconds(3));
    assertThat(targets.errorRate("POST /orders")).isEqualByComparingTo("0.02");
    assertThat(targets.dependencies().get("orders-db").latencyShare()).isEqualByComparingTo("0.4");
    assertThat(targets.dependencies().get("tax-office").deadline()).contains(Duration.ofSeconds(2));
    assertThat(targets.window()).isEqualTo(Duration.ofDays(28));

    assertThat(targets.toBuilder().errorRate(new BigDecimal("0.003")).build().errorRate())
        .isEqualByComparingTo("0.003");
  }

  @Test
  void everyKeyHasAVariableThatSetsIt() {
    for (Key key : Schema.DECLARATION.leaves()) {
      String value = sample(key);
      ReliabilityTargets preset = ReliabilityTargets.threeNines();
      assertThat(ReliabilityTargets.load(Map.of(key.variable(), value)))
          .as(key.variable())
          .isNotEqualTo(preset);
    }
  }

  private static String sample(Key key) {
    return switch (key.toString()) {
      case "service" -> "checkout";
      case "traffic.peak" -> "10/s";
      case "traces.trust" -> "none";
      case "traces.keepBroken" -> "0/s";
      case "traces.traceResponse", "traces.requestId" -> "true";
      case "targets.latency.p50", "targets.latency.p90" -> "100ms";
      case "targets.latency.p95" -> "201ms";
      case "targets.recovery.rto", "targets.recovery.rpo" -> "7h";
      case "targets.window" -> "7d";
      case "targets.recovery.restore" -> "3m";
      case "lifecycle.grace" -> "40s";
      case "lifecycle.preStop", "lifecycle.drain" -> "3s";
      default ->
        switch (key.segments().get(1)) {
          case "availability", "errorRate", "durability", "saturation" -> "11%";
          default -> "59s";
        };
    };
  }

  static Arguments[] wrongVariables() {
    return new Arguments[] {
      Arguments.of(
          "NINES_TARGETS_EROR_RATE",
          "1%",
          "environment NINES_TARGETS_EROR_RATE: unknown"
              + " variable, with 1% (expected: NINES_TARGETS_ERROR_RATE?)"),
      Arguments.of(
          "NINES_TARGET_ERROR_RATE",
          "1%",
          "environment NINES_TARGET_ERROR_RATE: unknown"
              + " variable, with 1% (expected: NINES_TARGETS_ERROR_RATE?)"),
      Arguments.of(
          "NINES_TARGETS_ERROR_RATE",
          "0.5",
          "environment NINES_TARGETS_ERROR_RATE:"
              + " targets.errorRate: 0.5 (expected: a percentage such as 99.9%; a bare number is"
              + " ambiguous: write 0.5% or 50%)"),
      Arguments.of(
          "NINES_TARGETS_ERROR_RATE",
          "30%",
          "environment NINES_TARGETS_ERROR_RATE:"
              + " targets.errorRate: 30% (expected: more than 0% and at most 20%)"),
      Arguments.of(
          "NINES_DEPENDENCIES_PAYMENTS_SHARE",
          "1%",
          "environment NINES_DEPENDENCIES_PAYMENTS_SHARE: unknown variable"),
      Arguments.of(
          "NINES_ROUTES_GET_X_LATENCY_P99",
          "1s",
          "environment NINES_ROUTES_GET_X_LATENCY_P99: unknown variable"),
    };
  }

  @ParameterizedTest
  @MethodSource("wrongVariables")
  void aWrongVariableIsRefusedByName(String name, String value, String message) {
    assertThatThrownBy(() -> ReliabilityTargets.load(Map.of(name, value)))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aVariableThatFitsTwoRoutesIsRefused() throws IOException {
    Files.writeString(file(), "routes: {GET /a-b: {errorRate: 1%}, GET /a/b: {errorRate: 1%}}");
    assertThatThrownBy(
            () -> ReliabilityTargets.load(file(), Map.of("NINES_ROUTES_GET_A_B_ERROR_RATE", "2%")))
        .hasMessageContaining("a variable for one key; this one fits"
            + " [routes.GET /a-b.errorRate, routes.GET /a/b.errorRate]");
  }

  @Test
  void variablesOfOthersAreLeftAlone() {
    assertThat(ReliabilityTargets.load(Map.of(
            "NINES_SERVICE_HOST", "10.0.0.1", "NINES_ADMIN_TOKEN", "secret", "PATH", "/bin")))
        .isEqualTo(ReliabilityTargets.threeNines());
  }

  @Test
  void whatCodeSaysOfADependencyIsLaidOverWhatTheFileSays() throws IOException {
    ReliabilityTargets file = load("dependencies: {payments: {required: true, latencyShare: 50%}}");
    DependencyTargets merged = file.toBuilder()
        .dependency(DependencyTargets.optional("payments"))
        .build()
        .dependencies()
        .get("payments");
    assertThat(merged.required()).isFalse();
    assertThat(merged.latencyShare()).isEqualByComparingTo("0.5");
    assertThat(merged.onFailure()).isEqualTo(DependencyTargets.OnFailure.DEGRADE);
    assertThat(merged.declaredOnFailure()).isEqualTo(Optional.empty());
  }

  private ReliabilityTargets load(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return ReliabilityTargets.load(file(), NO_VARIABLES);
  }

  private static ReliabilityTargets loadWithClasspath(URL... urls) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      thread.setContextClassLoader(loader);
      return ReliabilityTargets.load(NO_VARIABLES);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path file() {
    return directory.resolve("targets.yaml");
  }

  @Test
  void settingsOfAFrameworkOverruleFileAndEnvironment() {
    ReliabilityTargets targets = ReliabilityTargets.load(
        Map.of("NINES_TARGETS_ERROR_RATE", "2%", "NINES_TARGETS_LATENCY_P99", "1s"),
        List.of(
            new Setting(List.of("targets", "errorRate"), "3%", "application.yaml:4"),
            new Setting(List.of("dependencies", "payments", "required"), "false", "here"),
            new Setting(List.of("routes", "POST /orders", "latency", "p99.9"), "2s", "here")));
    assertThat(targets.errorRate()).isEqualByComparingTo("0.03");
    assertThat(targets.latency().p99()).isEqualTo(Duration.ofSeconds(1));
    assertThat(targets.dependencies().get("payments").required()).isFalse();
    assertThat(targets.routes()).containsKey("POST /orders");
  }

  @Test
  void aProblemOfASettingBeginsWithItsOrigin() {
    assertThatThrownBy(() -> ReliabilityTargets.load(
            NO_VARIABLES,
            List.of(
                new Setting(List.of("targets", "errorRate"), "50%", "application.yaml:4"),
                new Setting(List.of("targets", "window"), "30", "application.yaml:5"),
                new Setting(List.of("targets", "latnecy"), "1s", "application.yaml:6"),
                new Setting(List.of("targets", "latency"), "1s", "application.yaml:7"))))
        .isInstanceOf(InvalidTargetsException.class)
        .message()
        .contains("application.yaml:5: targets.window: 30 (expected: ")
        .contains("application.yaml:6: targets.latnecy: unknown key (expected: keys: availability")
        .contains("application.yaml:7: targets.latency: 1s (expected: keys: p50");
    assertThatThrownBy(() -> ReliabilityTargets.load(
            NO_VARIABLES,
            List.of(new Setting(List.of("targets", "errorRate"), "50%", "application.yaml:4"))))
        .hasMessageContaining("application.yaml:4: targets.errorRate: 50% (expected: ");
  }
}
