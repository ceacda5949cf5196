package dev.nines.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.testing.Tool;
import dev.nines.targets.ReliabilityTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What alerts say of a service that is gone, or not ready: each situation is a service, of a fleet or on its own. */
class PresenceAlertsTest {

  private static final Duration STEP = Duration.ofSeconds(15);
  private static final int MINUTE = 4;
  private static final int CLEAN = 20 * MINUTE;
  private static final int REST = 20 * MINUTE;
  private static final String DOWN = "alertname=\"NinesServiceDown\"";
  private static final String PAGE = "severity=\"page\"";

  @TempDir
  Path directory;

  private final Timeline timeline = new Timeline(STEP);
  private final Set<String> services = new TreeSet<>();

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofAFleet() throws Exception {
    situations();
    test(List.of(Files.writeString(
        directory.resolve("rules.yaml"), RulesTestFiles.fleet(ReliabilityTargets.threeNines()))));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ofSingleServices() throws Exception {
    situations();
    // whoever was never there is missed by its own rules, though not in the first minute
    timeline.firing("never there", "service=\"never\"," + PAGE, Duration.ofMinutes(1), false);
    timeline.firing("never there", "service=\"never\"," + DOWN, Duration.ofMinutes(5), true);
    services.add("never");
    List<Path> rules = new ArrayList<>();
    for (String service : services) {
      String text = new RuleFile(
              new ServiceForm(Blueprint.of(ReliabilityTargets.threeNines(), service)))
          .yaml("Rules");
      rules.add(Files.writeString(directory.resolve(service + ".yaml"), text));
    }
    test(rules);
  }

  private void situations() {
    service("vanished", "a", up().stale().missing(REST - 1), ready().stale().missing(REST - 1));
    at("vanished", DOWN, 5, true);
    service("vanished_unmarked", "a", up().missing(REST), ready().missing(REST));
    at("vanished_unmarked", DOWN, 5, true);
    service("failing", "a", up().constant(REST, 0), ready().stale().missing(REST - 1));
    at("failing", DOWN, 5, true);
    service(
        "back",
        "a",
        up().constant(6 * MINUTE, 0).constant(REST - 6 * MINUTE, 1),
        ready().stale().missing(6 * MINUTE - 1).constant(REST - 6 * MINUTE, 1));
    at("back", DOWN, 5, true);
    at("back", DOWN, 8, false);
    service(
        "hiccups",
        "a",
        up().constant(1, 0).constant(20, 1).constant(2, 0).constant(REST - 23, 1),
        ready().stale().constant(20, 1).stale().missing(1).constant(REST - 23, 1));
    never("hiccups", "");
    service("one_of_two", "a", up().constant(REST, 0), ready().stale().missing(REST - 1));
    service("one_of_two", "b", up().constant(REST, 1), ready().constant(REST, 1));
    at("one_of_two", "alertname=\"NinesInstanceDown\",instance=\"a\"", 5, true);
    never("one_of_two", PAGE);
    service("unready", "a", up().constant(REST, 1), ready().constant(REST, 0));
    at("unready", "alertname=\"NinesServiceUnready\"", 2, true);
    at("unready", DOWN, 19, false);
    service(
        "unready_blip", "a", up().constant(REST, 1), ready().constant(2, 0).constant(REST - 2, 1));
    never("unready_blip", "");
    service(
        "unready_often",
        "a",
        up().constant(REST, 1),
        ready()
            .constant(3, 0)
            .constant(17, 1)
            .constant(3, 0)
            .constant(17, 1)
            .constant(3, 0)
            .constant(REST - 43, 1));
    at("unready_often", "alertname=\"NinesAvailabilityBurn\"", 13, true);
    service("other_path", "a", up().constant(REST, 1), ready().constant(REST, 1), REST);
    at("other_path", "alertname=\"NinesMetricsAbsent\"", 10, true);
    service("well", "a", up().constant(REST, 1), ready().constant(REST, 1));
    never("well", "");
  }

  private static Samples up() {
    return new Samples().constant(CLEAN, 1);
  }

  private static Samples ready() {
    return new Samples().constant(CLEAN, 1);
  }

  private void service(String job, String instance, Samples up, Samples ready) {
    service(job, instance, up, ready, 0);
  }

  private void service(String job, String instance, Samples up, Samples ready, int anonymous) {
    services.add(job);
    Map<String, String> labels = Map.of("job", job, "instance", instance);
    timeline.series("up", labels, up);
    timeline.series("nines_ready", labels, ready);
    Samples info = new Samples().constant(CLEAN, 1);
    timeline.series(
        "nines_build_info",
        labels,
        anonymous > 0 ? info.stale().missing(anonymous - 1) : ready.likewise(1));
    timeline.series(
        "nines_target_ratio",
        Map.of(
            "job",
            job,
            "instance",
            instance,
            "objective",
            "availability",
            "route_class",
            "default"),
        ready.likewise(0.999));
  }

  private void at(String job, String matchers, int minutes, boolean firing) {
    timeline.firing(
        job,
        "service=\"" + job + "\"," + matchers,
        STEP.multipliedBy(CLEAN).plusMinutes(minutes),
        firing);
  }

  private void never(String job, String matchers) {
    timeline.silent(
        job,
        "service=\"" + job + "\"" + (matchers.isEmpty() ? "" : "," + matchers),
        STEP.multipliedBy(CLEAN + REST),
        STEP.multipliedBy(CLEAN + REST - 1));
  }

  private void test(List<Path> rules) throws Exception {
    Path test = Files.writeString(
        directory.resolve("test.yaml"),
        Timeline.head(rules.stream().map(Path::toString).toList(), STEP) + timeline.yaml());
    Tool promtool = Tool.run("promtool", "test", "rules", test.toString());
    assertThat(promtool.exitCode()).as(promtool.said()).isZero();
  }
}
