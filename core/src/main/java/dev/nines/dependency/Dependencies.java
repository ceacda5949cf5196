package dev.nines.dependency;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.DependencySettings;
import dev.nines.derive.Settings;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The declared dependencies of a service, with their guards. Thread-safe; nothing but the listeners changes once it is
 * made.
 */
public final class Dependencies implements AutoCloseable {

  private final List<Dependency> declared;
  private final List<Guard> guards;
  private final CallListeners listeners;
  private final Watchdog watchdog;

  private Dependencies(
      List<Dependency> declared, List<Guard> guards, CallListeners listeners, Watchdog watchdog) {
    this.declared = List.copyOf(declared);
    this.guards = List.copyOf(guards);
    this.listeners = listeners;
    this.watchdog = watchdog;
  }

  /**
   * Makes the guards, publishes their instruments at zero, and starts the thread that watches deadlines.
   *
   * @param declared in code, in this order
   * @param settings derived from targets that hold the same dependencies
   * @param budget how the service's error budget stands; asked for each call to what sheds calls, and for each repetition
   * @throws IllegalArgumentException if the targets name a dependency that code does not declare, or lack one that it does
   */
  public static Dependencies of(
      List<Dependency> declared,
      Settings settings,
      Supplier<BudgetState> budget,
      TimeSource time,
      Tracing tracing,
      EventBus events,
      Instruments instruments) {
    Dependencies dependencies = of(
        declared,
        settings.dependencies(),
        budget,
        time,
        tracing,
        events,
        () -> ThreadLocalRandom.current().nextDouble(),
        TimeUnit.NANOSECONDS::sleep);
    dependencies.publish(instruments);
    return dependencies;
  }

  static Dependencies of(
      List<Dependency> declared,
      Map<String, DependencySettings> settings,
      Supplier<BudgetState> budget,
      TimeSource time,
      Tracing tracing,
      EventBus events,
      DoubleSupplier random,
      Pause pause) {
    requireSame(declared, settings);
    CallListeners listeners = new CallListeners();
    Watchdog watchdog = new Watchdog(time);
    GuardTools tools =
        new GuardTools(budget, time, tracing, events, listeners, watchdog, random, pause);
    List<Guard> guards = new ArrayList<>();
    for (Dependency dependency : declared) {
      guards.add(new Guard(guards.size(), dependency, settings.get(dependency.name()), tools));
    }
    return new Dependencies(declared, guards, listeners, watchdog);
  }

  /** Returns the dependencies in the order of their declaration; the same index finds the guard. */
  public List<Dependency> all() {
    return declared;
  }

  /** Returns the guards in the order of their declaration. */
  public List<Guard> guards() {
    return guards;
  }

  /**
   * Returns the guard of the dependency of that name; ask once and keep it.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  public Guard guard(String name) {
    for (Guard guard : guards) {
      if (guard.name().equals(name)) {
        return guard;
      }
    }
    throw new IllegalArgumentException("guard: " + name + " (expected: " + names(declared) + ")");
  }

  /** Hears of each call from now on, in the order of registration. */
  public void listen(CallListener listener) {
    listeners.add(listener);
  }

  /** Returns how often a listener failed. */
  public long listenerFailures() {
    return listeners.failures();
  }

  /** Stops watching deadlines once the calls under way have ended. Later calls are guarded, but have no deadline. */
  @Override
  public void close() {
    watchdog.close();
  }

  private void publish(Instruments instruments) {
    instruments.publish(Metrics.TELEMETRY_DROPPED, listeners::failures, "call_listener");
    for (Guard guard : guards) {
      for (CallOutcome outcome : CallOutcome.values()) {
        instruments.publish(
            Metrics.CALLS, () -> guard.count(outcome), guard.name(), outcome.label());
      }
      for (BreakerState state : BreakerState.values()) {
        instruments.publish(
            Metrics.BREAKER_STATE,
            () -> guard.state() == state ? 1 : 0,
            guard.name(),
            state.label());
      }
      instruments.publish(Metrics.DEADLINE_OVERRUNS, guard::overruns, guard.name());
      publish(guard.protection(), instruments);
    }
  }

  private static void publish(Protection protection, Instruments instruments) {
    for (RetryDecision decision : RetryDecision.values()) {
      instruments.publish(
          Metrics.RETRIES,
          () -> protection.retries().count(decision),
          protection.name(),
          decision.label());
    }
    Bulkhead bulkhead = protection.bulkhead();
    if (bulkhead.bounded()) {
      instruments.publish(Metrics.BULKHEAD_USED, bulkhead::usedRatio, protection.name());
    }
  }

  private static void requireSame(
      List<Dependency> declared, Map<String, DependencySettings> settings) {
    for (String name : settings.keySet()) {
      if (declared.stream().noneMatch(dependency -> dependency.name().equals(name))) {
        throw new IllegalArgumentException("dependencies." + name
            + ": not declared in code (expected: " + names(declared)
            + "; or add it to the builder with .dependency(...))");
      }
    }
    for (Dependency dependency : declared) {
      if (!settings.containsKey(dependency.name())) {
        throw new IllegalArgumentException("dependencies." + dependency.name()
            + ": no settings (expected: settings derived from targets that hold it)");
      }
    }
  }

  private static String names(List<Dependency> declared) {
    return declared.isEmpty()
        ? "none, for no dependency is declared"
        : declared.stream().map(Dependency::name).collect(Collectors.joining(", ", "one of ", ""));
  }
}
