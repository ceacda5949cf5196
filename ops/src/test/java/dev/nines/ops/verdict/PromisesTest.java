package dev.nines.ops.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromisesTest {

  private static final String ORDERS = "POST /orders";
  private static final Promises PROMISES = new Promises(ReliabilityTargets.builder()
      .route(new RouteTargets(ORDERS, Optional.of(new BigDecimal("0.01")), Optional.empty()))
      .build());

  private static Counters errors(Tally others, Tally orders) {
    return new Counters(
        Map.of(new Objective("errors", "default"), others, new Objective("errors", ORDERS), orders),
        Buckets.NONE);
  }

  private static Comparison find(List<Comparison> all, String name) {
    return all.stream()
        .filter(comparison -> Wording.name(comparison).equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRouteWithPromisesOfItsOwnCanFailADeploymentThatIsWellAsAWhole() {
    List<Comparison> all = PROMISES.compare(
        errors(new Tally(3_600_000, 3_600), new Tally(3_600, 4)),
        errors(new Tally(300_000, 300), new Tally(60, 60)));

    assertThat(find(all, "errors").isWorse()).isFalse();
    assertThat(find(all, "errors").isKept()).isTrue();
    assertThat(find(all, "errors of " + ORDERS).isWorse()).isTrue();
    assertThat(find(all, "errors of default").isWorse()).isFalse();
  }

  @Test
  void aRouteThatNobodyCallsHoldsNoDeploymentUp() {
    List<Comparison> all = PROMISES.compare(
        errors(new Tally(3_600_000, 400), Tally.NONE), errors(new Tally(300_000, 30), Tally.NONE));

    assertThat(find(all, "errors of " + ORDERS).isKept()).isFalse();
    assertThat(all.stream().filter(Comparison::whole).map(Wording::name))
        .containsExactly("errors", "latency_p95", "latency_p99");
    assertThat(find(all, "errors").isKept()).isTrue();
  }

  @Test
  void theWholeIsAllowedWhatItsRoutesAreEachByItsTraffic() {
    List<Comparison> all =
        PROMISES.compare(Counters.NONE, errors(new Tally(7_500, 0), new Tally(2_500, 0)));

    assertThat(find(all, "errors").allowed()).isCloseTo(0.75 * 0.001 + 0.25 * 0.01, within(1e-12));
    assertThat(find(all, "errors").tests())
        .as("three as a whole, three of each class")
        .isEqualTo(9);
  }

  @Test
  void withoutRoutesOfTheirOwnEachPromiseIsComparedOnce() {
    List<Comparison> all =
        new Promises(ReliabilityTargets.threeNines()).compare(Counters.NONE, Counters.NONE);

    assertThat(all).extracting(Comparison::tests).containsExactly(3, 3, 3);
  }
}
