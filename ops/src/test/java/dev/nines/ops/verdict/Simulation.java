package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.DiscreteDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * A service whose requests are drawn by chance, on a clock that each pause turns. Requests come at random, each fails or is
 * slow with a chance of its own; counters add up as an instance's do.
 */
final class Simulation implements MetricSource, TimeSource {

  static final ReliabilityTargets TARGETS = ReliabilityTargets.threeNines();
  static final Instant START = Instant.parse("2026-11-29T09:00:00Z");

  /** How a group of instances behaves: requests per second, and the shares that fail and that miss p95 and p99. */
  record Behaviour(double rate, double errors, double overP95, double overP99) {

    /** Keeps its promises with little to spare. */
    static final Behaviour USUAL = new Behaviour(50, 0.0005, 0.03, 0.006);

    Behaviour failing(double times) {
      return new Behaviour(rate, Math.min(1, errors * times), overP95, overP99);
    }

    Behaviour slow(double times) {
      return new Behaviour(
          rate, errors, Math.min(1, overP95 * times), Math.min(1, overP99 * times));
    }

    Behaviour at(double requestsPerSecond) {
      return new Behaviour(requestsPerSecond, errors, overP95, overP99);
    }
  }

  private final UniformRandomProvider chance;
  private final Behaviour before;
  private final Map<String, Behaviour> instances;
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, Counters> counters = new HashMap<>();
  private final Map<Double, DiscreteDistribution.Sampler> samplers = new HashMap<>();
  private Instant now = START;
  private Instant counted = START;
  private int looks;

  /** What each look is turned into, by its number. */
  BiFunction<Integer, Look, Look> disturbance = (number, look) -> look;

  /** Looks that fail. */
  java.util.function.IntPredicate unanswered = number -> false;

  Simulation(long seed, Behaviour before, Map<String, Behaviour> instances) {
    SplittableRandom random = new SplittableRandom(seed);
    this.chance = random::nextLong;
    this.before = before;
    this.instances = instances;
    instances.keySet().forEach(name -> versions.put(name, "2"));
  }

  Simulation running(String instance, String version) {
    versions.put(instance, version);
    return this;
  }

  Verdict watch(DeploymentWatch watch) throws InterruptedException {
    return watch.run(watch.plan(), this, this, length -> now = now.plus(length));
  }

  @Override
  public Look look(Instant at) throws IOException {
    looks++;
    double seconds = Duration.between(counted, at).toMillis() / 1e3;
    counted = at;
    List<InstanceLook> seen = new ArrayList<>();
    instances.forEach((name, behaviour) -> {
      Counters sum = counters.getOrDefault(name, Counters.NONE).plus(requests(behaviour, seconds));
      counters.put(name, sum);
      seen.add(new InstanceLook(
          name,
          versions.get(name),
          "production",
          Optional.of(START.minusSeconds(40)),
          Optional.of(true),
          sum,
          Map.of("cpu", 0.4),
          new Health(name, "healthy", Optional.of(0.003))));
    });
    if (unanswered.test(looks)) {
      throw new IOException("Prometheus at prometheus:9090: nobody listens there");
    }
    return disturbance.apply(looks, new Look(seen, Map.of()));
  }

  /** Requests that come at random and end by chance are as many independent streams as there are ends. */
  private Counters requests(Behaviour behaviour, double seconds) {
    double all = behaviour.rate() * seconds;
    double well = all * (1 - behaviour.errors());
    int failed = drawn(all * behaviour.errors());
    int overP99 = drawn(well * behaviour.overP99());
    int overP95 = drawn(well * Math.max(0, behaviour.overP95() - behaviour.overP99())) + overP99;
    int fast = drawn(well * (1 - Math.max(behaviour.overP95(), behaviour.overP99())));
    Map<Objective, Tally> tallies = new HashMap<>();
    count(tallies, "errors", fast + overP95, failed);
    count(tallies, "latency_p95", fast, overP95);
    count(tallies, "latency_p99", fast + overP95 - overP99, overP99);
    return new Counters(tallies, Buckets.NONE);
  }

  private static void count(Map<Objective, Tally> tallies, String objective, int good, int bad) {
    tallies.put(new Objective(objective, "default"), new Tally(good, bad));
  }

  private int drawn(double mean) {
    return mean == 0
        ? 0
        : samplers
            .computeIfAbsent(mean, m -> PoissonDistribution.of(m).createSampler(chance))
            .sample();
  }

  @Override
  public Optional<Instant> firstSeen(String version, Instant at, Duration within) {
    return Optional.empty();
  }

  @Override
  public Measured before(Instant until, Duration length, Duration stretch) {
    Counters sum = requests(before, length.toSeconds());
    return sum.requests() == 0
        ? Measured.NONE
        : new Measured(sum, Map.of("cpu", 0.4), length.toSeconds(), List.of());
  }

  @Override
  public List<BudgetLeft> budgets(Instant at) {
    return List.of();
  }

  @Override
  public long nanos() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public Instant now() {
    return now;
  }
}
