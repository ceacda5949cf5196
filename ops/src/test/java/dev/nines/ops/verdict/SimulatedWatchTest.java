package dev.nines.ops.verdict;

import static dev.nines.ops.verdict.DeploymentStatus.FAILED;
import static dev.nines.ops.verdict.DeploymentStatus.INCONCLUSIVE;
import static dev.nines.ops.verdict.DeploymentStatus.SUCCESS;
import static dev.nines.ops.verdict.Simulation.Behaviour.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.verdict.Simulation.Behaviour;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Watches by the hundred, on a clock that is turned and requests that are drawn from a seed. */
class SimulatedWatchTest {

  private static final int MANY = 500;
  private static final int SOME = 100;

  private static final DeploymentWatch AS_USUAL = watching();

  private static DeploymentWatch watching() {
    return DeploymentWatch.instances(
        List.of(URI.create("http://a:1")), Simulation.TARGETS, "checkout");
  }

  private static Map<DeploymentStatus, Integer> verdicts(
      int watches, Behaviour before, Behaviour after) throws InterruptedException {
    Map<DeploymentStatus, Integer> counted = new EnumMap<>(DeploymentStatus.class);
    for (int seed = 0; seed < watches; seed++) {
      Verdict verdict = new Simulation(seed, before, Map.of("a", after)).watch(AS_USUAL);
      counted.merge(verdict.status(), 1, Integer::sum);
    }
    return counted;
  }

  static List<Behaviour> unchanged() {
    return List.of(
        USUAL.at(200),
        new Behaviour(50, 0.001, 0.05, 0.01),
        // Breaks all it promised, before as after.
        new Behaviour(20, 0.02, 0.2, 0.05));
  }

  @ParameterizedTest
  @MethodSource("unchanged")
  void ofFiveHundredDeploymentsThatChangeNothingAtMostOneInAHundredFails(Behaviour behaviour)
      throws InterruptedException {
    assertThat(verdicts(MANY, behaviour, behaviour).getOrDefault(FAILED, 0))
        .isLessThanOrEqualTo(MANY / 100);
  }

  @Test
  void whatKeepsItsPromisesIsMostlyASuccess() throws InterruptedException {
    Behaviour good = new Behaviour(200, 0.0002, 0.02, 0.003);

    assertThat(verdicts(SOME, good, good).getOrDefault(SUCCESS, 0)).isGreaterThan(SOME * 9 / 10);
  }

  @Test
  void ofFiveHundredThatFailFiveTimesAsOftenAtLeastNinetyFiveInAHundredFail()
      throws InterruptedException {
    Behaviour before = new Behaviour(50, 0.001, 0.03, 0.006);

    assertThat(verdicts(MANY, before, before.failing(5)).getOrDefault(FAILED, 0))
        .isGreaterThanOrEqualTo(MANY * 95 / 100);
  }

  @Test
  void fiveTimesTheErrorsFailAlsoWithinTheTarget() throws InterruptedException {
    Behaviour before = new Behaviour(300, 0.0002, 0.03, 0.006);

    assertThat(verdicts(SOME, before, before.failing(5)).getOrDefault(FAILED, 0))
        .isGreaterThanOrEqualTo(SOME * 95 / 100);
  }

  @Test
  void aServiceThatHasBecomeSlowFails() throws InterruptedException {
    assertThat(verdicts(SOME, USUAL, USUAL.slow(4)).getOrDefault(FAILED, 0)).isEqualTo(SOME);
  }

  @Test
  void anIdleServiceIsInconclusive() throws InterruptedException {
    assertThat(verdicts(SOME, USUAL, USUAL.at(0)).get(INCONCLUSIVE)).isEqualTo(SOME);
    assertThat(verdicts(SOME, USUAL.at(0), USUAL.at(0)).get(INCONCLUSIVE)).isEqualTo(SOME);
    assertThat(verdicts(SOME, USUAL, USUAL.at(0.2)).get(INCONCLUSIVE)).isEqualTo(SOME);
  }

  @Test
  void aClearRegressionEndsTheWatchEarly() throws InterruptedException {
    Simulation outage = new Simulation(1, USUAL, Map.of("a", USUAL.failing(1000)));

    Verdict verdict = outage.watch(watching());

    assertThat(verdict.status()).isEqualTo(FAILED);
    assertThat(verdict.exitCode()).isEqualTo(1);
    assertThat(Duration.between(Simulation.START, verdict.report().timestamp()))
        .isLessThan(Duration.ofSeconds(30));
    assertThat(verdict.summary())
        .matches(
            "FAILED: errors: \\d+ % of .* requests are bad, 0.1 % are allowed, and it was .* before");
  }

  @Test
  void oneBurstBetweenTwoLooksFailsNobody() throws InterruptedException {
    Simulation burst =
        new Simulation(1, USUAL.at(200), Map.of("a", USUAL.at(200).failing(0)));
    burst.disturbance = (number, look) -> number < 20
        ? look
        : new Look(
            look.instances().stream()
                .map(one -> counting(one, new Tally(0, 300)))
                .toList(),
            Map.of());

    Verdict verdict = burst.watch(watching());

    assertThat(verdict.status()).isEqualTo(INCONCLUSIVE);
    assertThat(verdict.summary()).contains("errors: 300 of");
  }

  private static InstanceLook counting(InstanceLook one, Tally more) {
    Counters counters = one.counters()
        .plus(new Counters(Map.of(new Objective("errors", "default"), more), Buckets.NONE));
    return new InstanceLook(
        one.name(),
        one.version(),
        one.environment(),
        one.started(),
        one.ready(),
        counters,
        one.saturation(),
        one.health());
  }

  @Test
  void aCanaryIsComparedWithTheBaselineBesideIt() throws InterruptedException {
    // Both suffer from the same broken dependency, which nothing before shows.
    Behaviour suffering = USUAL.failing(40);
    Simulation same = new Simulation(3, USUAL, Map.of("a", suffering, "b", suffering));
    Simulation worse = new Simulation(3, USUAL, Map.of("a", suffering.failing(5), "b", suffering));

    assertThat(
            same.running("b", "1").watch(watching().version("2").baseline("1")).status())
        .isEqualTo(SUCCESS);
    assertThat(
            worse.running("b", "1").watch(watching().version("2").baseline("1")).status())
        .isEqualTo(FAILED);
  }

  @Test
  void whoStillRunsAnotherVersionLeavesDoubt() throws InterruptedException {
    Simulation half = new Simulation(3, USUAL, Map.of("a", USUAL.at(200).failing(0), "b", USUAL));

    Verdict verdict = half.running("b", "1").watch(watching().version("2"));

    assertThat(verdict.status()).isEqualTo(INCONCLUSIVE);
    assertThat(verdict.summary()).contains("b runs version 1 still");
  }

  @Test
  void whichOfTwoVersionsIsMeantMustBeSaid() throws InterruptedException {
    Simulation half = new Simulation(3, USUAL, Map.of("a", USUAL, "b", USUAL));

    Verdict verdict = half.running("b", "1").watch(watching());

    assertThat(verdict.status()).isEqualTo(INCONCLUSIVE);
    assertThat(verdict.summary()).contains("the versions 1, 2 run: say which is to be judged");
  }

  @Test
  void anInstanceThatGoesAwayLeavesDoubt() throws InterruptedException {
    Behaviour good = new Behaviour(200, 0, 0.01, 0.001);
    Simulation leaving = new Simulation(3, good, Map.of("a", good, "b", good));
    leaving.disturbance = (number, look) -> number < 50
        ? look
        : new Look(
            look.instances().stream().filter(one -> one.name().equals("a")).toList(), Map.of());

    Verdict verdict = leaving.watch(watching());

    assertThat(verdict.status()).isEqualTo(INCONCLUSIVE);
    assertThat(verdict.summary()).contains("b is missing: no longer there");
    assertThat(verdict.report().incidents())
        .anySatisfy(incident -> assertThat(incident.what()).contains("b is missing"));
  }

  @Test
  void anInstanceThatDoesNotGetReadyFailsTheDeployment() throws InterruptedException {
    Simulation stuck = new Simulation(3, USUAL, Map.of("a", USUAL.at(0)));
    stuck.disturbance = (number, look) -> new Look(
        look.instances().stream()
            .map(one -> new InstanceLook(
                one.name(),
                one.version(),
                one.environment(),
                one.started(),
                Optional.of(false),
                one.counters(),
                one.saturation(),
                one.health()))
            .toList(),
        Map.of());

    Verdict verdict = stuck.watch(watching());

    assertThat(verdict.status()).isEqualTo(FAILED);
    assertThat(verdict.summary()).contains("a has been unready for 1m55s");
  }

  @Test
  void countersThatBeginAnewAreNoRegressionAndNoLoss() throws InterruptedException {
    Behaviour good = new Behaviour(200, 0.0002, 0.02, 0.003);
    Simulation restarting = new Simulation(3, good, Map.of("a", good));
    List<Counters> atRestart = new ArrayList<>();
    restarting.disturbance = (number, look) -> {
      if (number < 30) {
        return look;
      }
      InstanceLook one = look.instances().get(0);
      if (atRestart.isEmpty()) {
        atRestart.add(one.counters());
      }
      Instant restarted = Simulation.START.plusSeconds(144);
      return new Look(
          List.of(new InstanceLook(
              one.name(),
              one.version(),
              one.environment(),
              Optional.of(restarted),
              one.ready(),
              one.counters().since(atRestart.get(0)),
              one.saturation(),
              one.health())),
          Map.of());
    };

    Verdict verdict = restarting.watch(watching());

    assertThat(verdict.status()).isEqualTo(SUCCESS);
    assertThat(verdict.report().incidents())
        .singleElement()
        .satisfies(incident -> assertThat(incident.what()).isEqualTo("a was restarted"));
    // Of five minutes, the warm-up after the restart is left out.
    assertThat(verdict.report().metrics().get("throughput").after())
        .isBetween(new BigDecimal(170), new BigDecimal(190));
  }

  @Test
  void aSourceThatIsAwayForLongLeavesDoubtAndForAMomentDoesNot() throws InterruptedException {
    Behaviour good = new Behaviour(200, 0.0002, 0.02, 0.003);
    Simulation blinking = new Simulation(3, good, Map.of("a", good));
    blinking.unanswered = number -> number == 20 || number == 21;
    Simulation blind = new Simulation(3, good, Map.of("a", good));
    blind.unanswered = number -> number > 20 && number < 40;
    Simulation dead = new Simulation(3, good, Map.of("a", good));
    dead.unanswered = number -> true;

    assertThat(blinking.watch(watching()).status()).isEqualTo(SUCCESS);
    assertThat(blind.watch(watching()).summary())
        .startsWith("INCONCLUSIVE: nothing could be read for over 30s");
    assertThat(dead.watch(watching()).summary())
        .startsWith("INCONCLUSIVE: nothing could be read for the last 2m30s")
        .contains("no instance was seen");
  }

  @Test
  void aVersionThatNeverComesLeavesDoubt() throws InterruptedException {
    Simulation old = new Simulation(3, USUAL, Map.of("a", USUAL)).running("a", "1");

    assertThat(old.watch(watching().version("2")).summary())
        .isEqualTo("INCONCLUSIVE: version 2 was not seen within 2m");
  }
}
