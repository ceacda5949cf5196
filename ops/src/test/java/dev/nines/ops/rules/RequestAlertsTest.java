package dev.nines.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.testing.Tool;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What alerts say of requests, asked of promtool. Each situation is a service of a fleet, or a route with promises of its own
 * of one service.
 *
 * <p>What shows within minutes is evaluated as often as it is in real life, without the rules on days, which promtool would
 * evaluate as often; what takes an hour is evaluated each minute, with all rules. A promtool works on one core, so that two
 * run side by side.
 */
@Tag("promtool")
class RequestAlertsTest {

  private static final double[] BUDGETS = {0.0001, 0.001, 0.005, 0.01, 0.05};

  /** Enough for every window that decides within minutes; longer ones take what they have not seen for good. */
  private static final Duration CLEAN = Duration.ofMinutes(12);

  /** The longest window that pages fill within an hour, and a little. */
  private static final Duration HOUR = Duration.ofMinutes(65);

  private static final Duration SCRAPE = Duration.ofSeconds(15);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Of one service, at targets other than the usual, in every run; the soak has all. */
  private static final Set<String> TELLING = Set.of("outage", "burst", "fifty_new", "blip_50");

  private static final Set<String> TELLING_IN_AN_HOUR = Set.of("twenty", "half_new");

  @TempDir
  Path directory;

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofMinutesInAFleet() throws Exception {
    List<Situation> situations = new ArrayList<>(Situations.ofLatencies(CLEAN));
    for (double budget : BUDGETS) {
      situations.addAll(Situations.ofMinutes(CLEAN, budget));
    }
    fleet(situations, SCRAPE, SCRAPE, RulesTestFiles.withoutDays(fleetForm()));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofAnHourInAFleet() throws Exception {
    List<Situation> situations = new ArrayList<>();
    for (double budget : BUDGETS) {
      situations.addAll(Situations.ofAnHour(HOUR, budget));
    }
    fleet(situations, SCRAPE, MINUTE, RulesTestFiles.all(fleetForm()));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofMinutesOfOneService() throws Exception {
    List<Situation> situations = Situations.ofMinutes(CLEAN, 0.001);
    for (double budget : others()) {
      Situations.ofMinutes(CLEAN, budget).stream()
          .filter(situation -> TELLING.contains(situation.name))
          .forEach(situations::add);
    }
    singleOfMinutes(situations);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofAnHourOfOneService() throws Exception {
    List<Situation> situations = Situations.ofAnHour(HOUR, 0.001);
    for (double budget : others()) {
      Situations.ofAnHour(HOUR, budget).stream()
          .filter(situation -> TELLING_IN_AN_HOUR.contains(situation.name))
          .forEach(situations::add);
    }
    singleOfAnHour(situations);
  }

  /** One service has the same at every target. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("soak")
  void ofMinutesOfOneServiceAtEveryTarget() throws Exception {
    for (double budget : others()) {
      singleOfMinutes(Situations.ofMinutes(CLEAN, budget));
    }
  }

  /** One service has the same at every target. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("soak")
  void ofAnHourOfOneServiceAtEveryTarget() throws Exception {
    for (double budget : others()) {
      singleOfAnHour(Situations.ofAnHour(HOUR, budget));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofDaysInAFleet() throws Exception {
    List<Situation> situations = Situations.ofDays(0.001);
    situations.addAll(Situations.ofDays(0.05));
    fleetOfDays(situations);
  }

  /** The same at every target. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  @Tag("soak")
  void ofDaysInAFleetAtEveryTarget() throws Exception {
    List<Situation> situations = new ArrayList<>();
    for (double budget : BUDGETS) {
      situations.addAll(Situations.ofDays(budget));
    }
    fleetOfDays(situations);
  }

  /**
   * All of the above after three clean days; evaluated each minute, for every 15 s is an hour of promtool's time. Each target in
   * a fleet of its own, since promtool holds 10,000 samples at a time at most. An alert sees what a later group recorded one
   * evaluation ago: a minute is too long for a page within two of a budget of which an outage takes 20 times as much, and no more.
   */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.0001, 0.005, 0.01, 0.05})
  @Tag("soak")
  void ofAFleetAfterThreeDays(double budget) throws Exception {
    Duration clean = Duration.ofDays(3);
    List<Situation> situations = new ArrayList<>(Situations.ofMinutes(clean, budget));
    if (budget == 0.001) {
      situations.addAll(Situations.ofLatencies(clean));
    }
    Set<String> seen = names(situations);
    Situations.ofAnHour(clean, budget).stream()
        .filter(situation -> !seen.contains(situation.name + situation.budget))
        .forEach(situations::add);
    Duration evaluation = budget < 0.05 ? MINUTE : Duration.ofSeconds(30);
    fleet(situations, SCRAPE, evaluation, RulesTestFiles.all(fleetForm()));
  }

  private static Set<String> names(List<Situation> situations) {
    return situations.stream()
        .map(situation -> situation.name + situation.budget)
        .collect(java.util.stream.Collectors.toSet());
  }

  private static double[] others() {
    return java.util.Arrays.stream(BUDGETS).filter(budget -> budget != 0.001).toArray();
  }

  private void fleetOfDays(List<Situation> situations) throws Exception {
    fleet(situations, MINUTE, Duration.ofMinutes(5), RulesTestFiles.all(fleetForm()));
  }

  private void fleet(List<Situation> situations, Duration scrape, Duration evaluation, String rules)
      throws Exception {
    Timeline timeline = new Timeline(scrape);
    for (Situation situation : situations) {
      String job = situation.name + "_" + situation.budget;
      situation.writeTo(timeline, Map.of("job", job), false);
      situation.expectIn(timeline, "job=\"" + job + "\"");
    }
    test(timeline, rules, evaluation);
  }

  private void singleOfMinutes(List<Situation> situations) throws Exception {
    test(routes(situations), RulesTestFiles.withoutDays(serviceForm(situations)), SCRAPE);
  }

  private void singleOfAnHour(List<Situation> situations) throws Exception {
    test(routes(situations), RulesTestFiles.all(serviceForm(situations)), MINUTE);
  }

  private static Form fleetForm() {
    return new FleetForm(
        Blueprint.of(ReliabilityTargets.threeNines(), "checkout").links());
  }

  /** Each situation is a route that promises its budget. */
  private static Form serviceForm(List<Situation> situations) {
    ReliabilityTargetsBuilder targets = ReliabilityTargets.builder();
    for (Situation situation : situations) {
      Optional<BigDecimal> budget = Optional.of(BigDecimal.valueOf(situation.budget));
      targets.route(new RouteTargets(route(situation), budget, Optional.empty()));
      situation
          .furtherClasses(route(situation))
          .forEach(more -> targets.route(new RouteTargets(more, budget, Optional.empty())));
    }
    return new ServiceForm(Blueprint.of(targets.build(), "checkout"));
  }

  private static Timeline routes(List<Situation> situations) {
    Timeline timeline = new Timeline(SCRAPE);
    for (Situation situation : situations) {
      String route = route(situation);
      situation.writeTo(timeline, Map.of("job", "checkout", "route_class", route), true);
      situation.expectIn(timeline, "job=\"checkout\",route_class=~\"" + route + "(_[0-9])?\"");
    }
    return timeline;
  }

  private static String route(Situation situation) {
    return "GET /" + situation.name + "/" + Math.round(situation.budget * 10_000);
  }

  private void test(Timeline timeline, String rules, Duration evaluation) throws Exception {
    Path written = Files.writeString(directory.resolve("rules.yaml"), rules);
    Path test = Files.writeString(
        directory.resolve("test.yaml"),
        Timeline.head(List.of(written.toString()), evaluation) + timeline.yaml());
    Tool promtool = Tool.run("promtool", "test", "rules", test.toString());
    assertThat(promtool.exitCode()).as(promtool.said()).isZero();
    assertThat(promtool.said()).contains("SUCCESS");
  }
}
