package dev.nines.dependency;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.DependencySettings;
import dev.nines.derive.Settings;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A real breaker before a dependency that answers as chance has it, on a clock that each call moves on. Seeded: each run is
 * the same.
 */
final class SimulatedBreaker {

  private static final String NAME = "payments";
  private static final double SECOND = 1e9;

  /** What a call to the dependency shows at a moment, {@code random} being even in [0, 1). */
  @FunctionalInterface
  interface Dependency {

    Answer call(double random);
  }

  /** How the dependency answers. */
  enum Answer {
    GOOD,
    FAILED,
    SLOW
  }

  final DependencySettings settings;
  final List<Event> events = new ArrayList<>();
  final Breaker breaker;
  private final SplittableRandom random;
  private final ManualTime time = new ManualTime();
  private final long interval;
  private long now;

  private SimulatedBreaker(DependencySettings settings, double callsPerSecond, long seed) {
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.interval = Math.round(SECOND / callsPerSecond);
    EventBus bus = new EventBus();
    bus.render(events::add);
    this.breaker = new Breaker(settings, time, bus, random::nextDouble);
  }

  /** Makes one for a dependency that fails as often while all is well, called as often, at the default targets. */
  static SimulatedBreaker of(boolean required, String errorRate, double callsPerSecond, long seed) {
    DependencyTargets dependency =
        required ? DependencyTargets.required(NAME) : DependencyTargets.optional(NAME);
    return of(
        ReliabilityTargets.threeNines(),
        dependency.withErrorRate(new BigDecimal(errorRate)),
        callsPerSecond,
        seed);
  }

  static SimulatedBreaker of(
      ReliabilityTargets targets, DependencyTargets dependency, double callsPerSecond, long seed) {
    ReliabilityTargets all = targets.toBuilder().dependency(dependency).build();
    return new SimulatedBreaker(
        Settings.derive(all).dependencies().get(NAME), callsPerSecond, seed);
  }

  /**
   * A dependency whose failures come in bursts: how many of a second's calls fail is beta-binomial, with that correlation.
   * Drawn by Pólya's urn, where each result makes the like of it more probable for the rest of its second.
   */
  Dependency bursts(double errorRate, double slowRate, double correlation) {
    double weight = 1 / correlation - 1;
    return new Dependency() {

      private long second;
      private int failed;
      private int seen;

      @Override
      public Answer call(double u) {
        long thisSecond = now / 1_000_000_000;
        if (thisSecond != second) {
          second = thisSecond;
          failed = 0;
          seen = 0;
        }
        double chance = (weight * errorRate + failed) / (weight + seen);
        Answer answer = independent(chance, slowRate).call(u);
        seen++;
        failed += answer == Answer.FAILED ? 1 : 0;
        return answer;
      }
    };
  }

  /** A dependency whose calls fail and are slow independently of each other. */
  static Dependency independent(double errorRate, double slowRate) {
    return u ->
        u < errorRate ? Answer.FAILED : u < errorRate + slowRate ? Answer.SLOW : Answer.GOOD;
  }

  static Dependency failing(double errorRate) {
    return independent(errorRate, 0);
  }

  /** Returns how many calls were let through of so many. */
  long calls(long number, Dependency dependency) {
    long admitted = 0;
    for (long i = 0; i < number; i++) {
      admitted += call(dependency) ? 1 : 0;
    }
    return admitted;
  }

  /** Calls for as long. */
  void during(Duration length, Dependency dependency) {
    calls(length.toNanos() / interval, dependency);
  }

  /** Calls until the breaker is in a state; returns how many calls that took, or as many as were allowed. */
  long callsUntil(BreakerState state, long most, Dependency dependency) {
    long calls = 0;
    while (breaker.state() != state && calls < most) {
      call(dependency);
      calls++;
    }
    return calls;
  }

  /** Calls once, after the interval; returns whether the breaker let it through. */
  boolean call(Dependency dependency) {
    advance(interval);
    Era permit = breaker.admit(now);
    if (permit == null) {
      return false;
    }
    Answer answer = dependency.call(random.nextDouble());
    breaker.ended(permit, now, answer == Answer.FAILED, answer == Answer.SLOW);
    return true;
  }

  @Nullable
  Era admit() {
    return breaker.admit(now);
  }

  /** Ends a call: 0 and 1 well, 2 badly, 3 by the caller's cancel. */
  void end(Era permit, int how) {
    if (how == 3) {
      cancel(permit);
    } else {
      breaker.ended(permit, now, how == 2, false);
    }
  }

  void cancel(Era permit) {
    breaker.released(permit);
  }

  /** Returns whether the breaker is still in the stay in a state that admitted a call. */
  boolean isPresent(Era permit) {
    return breaker.isPresent(permit);
  }

  /** Lets time pass without a call. */
  void pause(Duration length) {
    advance(length.toNanos());
  }

  void checkPassed() {
    breaker.probeSucceeded(now);
  }

  private void advance(long nanos) {
    now += nanos;
    time.advance(Duration.ofNanos(nanos));
  }

  Duration elapsed() {
    return Duration.ofNanos(now);
  }
}
