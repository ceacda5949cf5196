package dev.nines.ops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.nines.ops.cli.NinesCommand;
import dev.nines.ops.gate.Gate;
import dev.nines.ops.gate.GateAnswer;
import dev.nines.ops.gate.GateVerdict;
import dev.nines.ops.prometheus.RealPrometheus;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A week in a real Prometheus whose true numbers are known, reported and asked whether it bears a deployment. */
class ServiceReportTest {

  private static final ReliabilityTargets TARGETS = ReliabilityTargets.threeNines();
  private static final Percentage A_LITTLE = Percentage.withPercentage(0.2);

  @TempDir
  private static Path directory;

  private static RealPrometheus prometheus;
  private static Path verdicts;
  private static ServiceReport report;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void read() throws Exception {
    prometheus = SyntheticWeek.in(directory);
    verdicts = Files.createDirectory(directory.resolve("verdicts"));
    Files.writeString(
        verdicts.resolve("1.3.yaml"),
        "deployment_status: SUCCESS\nversion: \"1.3\"\ntimestamp: "
            + SyntheticWeek.FOURTH.plusSeconds(400) + "\n");
    Files.writeString(
        verdicts.resolve("old.yaml"),
        "deployment_status: FAILED\nversion: \"0.9\"\ntimestamp: "
            + SyntheticWeek.BEGIN.minusSeconds(400) + "\n");
    report = ServiceReports.through(prometheus.client(), "job=\"checkout\"", TARGETS, "checkout")
        .verdicts(verdicts)
        .read(SyntheticWeek.END, SyntheticWeek.WEEK);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    prometheus.close();
  }

  private int run(String command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(
        command,
        Files.writeString(directory.resolve("reliability.yaml"), "service: checkout\n")
            .toString(),
        "--prometheus",
        prometheus.uri().toString()));
    arguments.addAll(List.of(more));
    return NinesCommand.run(
        new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }

  @Test
  void uptimeIsToldToTheSecond() {
    assertThat(report.uptime().down()).isEqualTo(Duration.ofMinutes(4));
    assertThat(report.uptime().seen()).isEqualTo(SyntheticWeek.WEEK);
    assertThat(report.uptime().ratio().orElseThrow())
        .isCloseTo(1 - 4.0 / SyntheticWeek.MINUTES, offset(1e-9));
    assertThat(report.uptime().isKept()).isTrue();
  }

  @Test
  void promisesAreToldByTheCounters() {
    ServiceReport.Promise errors = report.promises().get(0);
    assertThat(errors.objective()).isEqualTo("errors");
    assertThat(errors.requests()).isCloseTo(SyntheticWeek.REQUESTS, A_LITTLE);
    assertThat(errors.bad()).isCloseTo(SyntheticWeek.BAD, A_LITTLE);
    assertThat(errors.isKept()).isFalse();
    assertThat(report.promises().get(1).share()).isCloseTo(0.044, within(2e-5));
    assertThat(report.promises().get(1).isKept()).isTrue();
    assertThat(report.promises().get(2).share()).isCloseTo(0.008, within(2e-5));
  }

  @Test
  void quantilesAreToldByTheHistograms() {
    assertThat(report.quantiles().get(0).seconds().orElseThrow())
        .isCloseTo(0.1 + 0.1 * (95 - 82) / (95.6 - 82), within(1e-4));
    assertThat(report.quantiles().get(1).seconds().orElseThrow())
        .isCloseTo(0.2 + 0.3 * (99 - 95.6) / (99.2 - 95.6), within(1e-4));
    assertThat(report.latencies())
        .extracting(ServiceReport.Line::label)
        .containsExactly("p95", "p99");
  }

  @Test
  void incidentsAreToldWithTheirTimesAndHeldAgainstRestore() {
    assertThat(report.incidents())
        .extracting(
            ServiceReport.Incident::from,
            ServiceReport.Incident::length,
            ServiceReport.Incident::kind,
            ServiceReport.Incident::ongoing)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                SyntheticWeek.OUTAGE, Duration.ofMinutes(20), "errors", false),
            org.assertj.core.groups.Tuple.tuple(
                SyntheticWeek.UNREADY, Duration.ofMinutes(4), "not ready", false));
    assertThat(report.incidents().get(0).worst()).isCloseTo(0.5, within(0.01));
    assertThat(report.recovery().withinRestore()).isEqualTo(1);
    assertThat(report.recovery().over()).isEqualTo(2);
    assertThat(report.recovery().mean()).contains(Duration.ofMinutes(12));
    assertThat(report.recovery().longest()).contains(Duration.ofMinutes(20));
  }

  @Test
  void deploymentsComeFromVersionsAndVerdicts() {
    assertThat(report.deployments())
        .extracting(
            ServiceReport.Deployment::at,
            ServiceReport.Deployment::version,
            ServiceReport.Deployment::outcome,
            ServiceReport.Deployment::judged)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(SyntheticWeek.SECOND, "1.1", "STAYED", false),
            org.assertj.core.groups.Tuple.tuple(SyntheticWeek.THIRD, "1.2", "ROLLED_BACK", false),
            org.assertj.core.groups.Tuple.tuple(SyntheticWeek.FOURTH, "1.3", "SUCCESS", true));
    assertThat(report.deploymentSuccess().orElseThrow()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void theWorstRouteComesFirst() {
    ServiceReport.Route worst = report.worstRoutes().get(0);
    double posts = (SyntheticWeek.MINUTES - 4) * SyntheticWeek.POSTS;
    assertThat(worst.name()).isEqualTo("POST /orders");
    assertThat(worst.requests()).isCloseTo(posts, A_LITTLE);
    assertThat(worst.errors())
        .isCloseTo((20 * SyntheticWeek.POSTS / 2 + SyntheticWeek.TRICKLE) / posts, A_LITTLE);
    assertThat(worst.p99().orElseThrow()).isCloseTo(0.75, within(1e-4));
    assertThat(worst.timesOver()).isCloseTo(worst.errors() / 0.001, within(1e-9));
    assertThat(report.worstRoutes()).hasSize(2);
  }

  @Test
  void underSpringsNamesQuantilesAndRoutesAreTheSame() throws Exception {
    ServiceReport boot = ServiceReports.through(
            prometheus.client(), "job=\"boot\"", TARGETS, "boot")
        .read(SyntheticWeek.END, SyntheticWeek.WEEK);

    assertThat(boot.quantiles()).isEqualTo(report.quantiles());
    assertThat(boot.worstRoutes()).isEqualTo(report.worstRoutes());
  }

  @Test
  void budgetsWeighWhatWasSeenOfTheirWindow() {
    ServiceReport.Budget errors = report.budgets().get(0);
    double seen = (7 * 24 + 1) / (30.0 * 24);
    double total = SyntheticWeek.REQUESTS + 60 * (SyntheticWeek.GETS + SyntheticWeek.POSTS);
    assertThat(errors.coverage()).isCloseTo(seen, within(0.001));
    assertThat(1 - errors.left())
        .isCloseTo((SyntheticWeek.BAD + 12) / total / 0.001 * seen, Percentage.withPercentage(1));
    ServiceReport.Budget availability = report.budgets().get(report.budgets().size() - 1);
    assertThat(availability.objective()).isEqualTo("availability");
    assertThat(1 - availability.left()).isCloseTo(4 / 43.2, Percentage.withPercentage(2));
  }

  @Test
  void markdownAndJsonSayTheSame() {
    assertThat(report.toMarkdown())
        .contains("# checkout: reliability")
        .contains("| availability | 99.9 % of the time | 99.9603 % | 4m down | kept |")
        .containsPattern("\\| errors \\| at most 0.1 % bad \\| 0.13\\d % \\| .* \\| broken \\|")
        .contains("| p95 | 200 ms | 196 ms |  | kept |")
        .contains("1 of 2 were over within 5m, as is promised; on average they took 12m")
        .contains("| 20m | errors | 50 % bad | over restore, within RTO |")
        .contains("66.7 % of 3 neither failed nor were rolled back.")
        .contains("| 1.3 | SUCCESS | nines watch |");
    JsonNode json = JsonMapper.shared().readTree(report.toJson());
    assertThat(json.at("/uptime/down").asDouble()).isEqualTo(240);
    assertThat(json.at("/incidents/0/from").asString()).isEqualTo(SyntheticWeek.OUTAGE.toString());
    assertThat(json.at("/recovery/longest").asDouble()).isEqualTo(1200);
    assertThat(json.at("/deployment_success").asDouble()).isCloseTo(0.667, within(0.001));
    assertThat(json.at("/worst_routes/0/name").asString()).isEqualTo("POST /orders");
    assertThat(json.at("/error_share/points").size()).isGreaterThan(160);
  }

  @Test
  void thePageNeedsNothingElseAndIsWellFormed() throws Exception {
    String page = report.toHtml();

    assertThat(page)
        .contains("<svg", "POST /orders", "prefers-color-scheme")
        .doesNotContain("<script", "<link", "http://", "https://", "NaN", "Infinity");
    String body = page.substring(page.indexOf("<body>"));
    body = body.substring(0, body.indexOf("</html>"));
    var document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new java.io.StringReader(body)));
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(4);
  }

  @Test
  void whatRunsCannotBecomePartOfThePage() {
    String evil = "<img src=x onerror=alert(1)>|\n";
    ServiceReport forged = new ServiceReport(
        report.service(),
        report.from(),
        report.to(),
        report.uptime(),
        report.promises(),
        report.quantiles(),
        report.budgets(),
        report.incidents(),
        report.recovery(),
        List.of(new ServiceReport.Deployment(report.from(), evil, "STAYED", false)),
        report.worstRoutes(),
        report.throughput(),
        report.errorShare(),
        report.latencies());

    assertThat(forged.toHtml()).doesNotContain("<img").contains("&lt;img");
    assertThat(forged.toMarkdown()).doesNotContain("<img").contains("&lt;img");
  }

  @Test
  void theCommandWritesAllThreeForms() throws Exception {
    Path to = directory.resolve("report");

    assertThat(run(
            "report",
            "--window",
            "7d",
            "--until",
            SyntheticWeek.END.toString(),
            "--verdicts",
            verdicts.toString(),
            "--out",
            to.toString()))
        .as(err.toString())
        .isZero();

    assertThat(Files.readString(to.resolve("report.md"))).isEqualTo(report.toMarkdown());
    assertThat(Files.readString(to.resolve("report.json"))).isEqualTo(report.toJson());
    assertThat(Files.readString(to.resolve("report.html"))).isEqualTo(report.toHtml());
  }

  @Test
  void aServiceThatNobodyKnowsHasAnEmptyReport() throws Exception {
    assertThat(run("report", "--selector", "job=\"nobody\"", "--format", "markdown"))
        .isZero();

    assertThat(out.toString())
        .contains("| availability | 99.9 % of the time | – | 0s down | not seen |")
        .contains("No requests.");
  }

  @Test
  void whatCannotBeReadIsSaid() throws Exception {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }
    Files.writeString(directory.resolve("reliability.yaml"), "service: checkout\n");
    Files.writeString(
        Files.createDirectories(directory.resolve("other")).resolve("x.yaml"), "a: 1");

    assertThat(NinesCommand.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "report",
            directory.resolve("reliability.yaml").toString(),
            "--service",
            "checkout",
            "--prometheus",
            "http://127.0.0.1:" + nobody))
        .isEqualTo(1);
    assertThat(run("report", "--verdicts", directory.resolve("other").toString()))
        .isEqualTo(1);
    assertThat(run("report", "--selector", "job=")).isEqualTo(1);
    assertThat(run("report", "--window", "1m")).isEqualTo(64);

    assertThat(err.toString())
        .contains("x.yaml: no deployment_status (expected: a report of nines watch)")
        .contains("Prometheus at 127.0.0.1:" + nobody + ": nobody listens there", "parse error")
        .contains("--window: PT1M (expected: 1 hour to 366 days)");
  }

  @Test
  void theGateIsOpenWhileABudgetBearsADeploymentThatGoesWrong() throws Exception {
    assertThat(run("gate")).as(out.toString()).isZero();
    assertThat(out.toString())
        .containsPattern(
            "errors +default +6\\d.\\d % left, +12.7 % needed, +23.\\d % of the window")
        .contains("availability", "You may deploy.");

    out.getBuffer().setLength(0);
    assertThat(run("gate", "--at-least", "90%")).isEqualTo(1);
    assertThat(out.toString()).contains("Don't deploy: errors: 6", "90.0 % is asked for");

    out.getBuffer().setLength(0);
    assertThat(run("gate", "--selector", "job=\"nobody\"")).isEqualTo(2);
    assertThat(out.toString()).contains("Can't tell: nothing is known");
  }

  @Test
  void theGateIsClosedWhileAnAlertPagesAndWhenTheBudgetIsSpent() throws Exception {
    Gate gate = Gate.through(prometheus.client(), "job=\"checkout\"", TARGETS);
    GateVerdict during = gate.ask(SyntheticWeek.OUTAGE.plus(Duration.ofMinutes(20)));
    ReliabilityTargets stricter =
        TARGETS.toBuilder().errorRate(new java.math.BigDecimal("0.0003")).build();
    GateVerdict spent =
        Gate.through(prometheus.client(), "job=\"checkout\"", stricter).ask(SyntheticWeek.END);

    assertThat(during.answer()).isEqualTo(GateAnswer.CLOSED);
    assertThat(during.reasons().get(0))
        .startsWith("errors burns its budget: over 1.296% of the requests of the last 1h");
    assertThat(spent.answer()).isEqualTo(GateAnswer.CLOSED);
    assertThat(spent.reasons().get(0))
        .startsWith(
            "errors: its budget is spent, and a deployment that goes wrong costs up to 42.4 %");
  }
}
