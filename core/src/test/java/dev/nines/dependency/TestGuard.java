package dev.nines.dependency;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** A guard with derived settings on a clock that tests turn, in the state that a test needs. */
final class TestGuard implements AutoCloseable {

  static final String NAME = "payments";

  final ManualTime time = new ManualTime();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final Dependencies dependencies;
  final Guard guard;

  /** How long the guard paused between attempts. */
  final List<Duration> pauses = new CopyOnWriteArrayList<>();

  volatile Runnable whilePausing = () -> {};

  /** Whether the service's error budget is. */
  volatile boolean exhausted;

  /** Whether it burns at the rate of a page. */
  volatile boolean burning;

  private TestGuard(ReliabilityTargets targets, Dependency dependency, DoubleSupplier random) {
    EventBus bus = new EventBus();
    bus.render(events::add);
    dependencies = Dependencies.of(
        List.of(dependency),
        derive(targets, dependency).dependencies(),
        this::budget,
        time,
        Tracing.using(OpenTelemetry.noop()),
        bus,
        random,
        this::pause);
    guard = dependencies.guard(NAME);
  }

  private BudgetState budget() {
    return exhausted ? BudgetState.EXHAUSTED : burning ? BudgetState.ELEVATED : BudgetState.NORMAL;
  }

  /** Turns the clock in place of waiting. */
  private void pause(long nanos) throws InterruptedException {
    pauses.add(Duration.ofNanos(nanos));
    whilePausing.run();
    time.advance(Duration.ofNanos(nanos));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  static Settings derive(ReliabilityTargets targets, Dependency... declared) {
    var builder = targets.toBuilder();
    for (Dependency dependency : declared) {
      builder.dependency(dependency.targets());
    }
    return Settings.derive(builder.build());
  }

  static ReliabilityTargets targets() {
    return ReliabilityTargets.threeNines();
  }

  /** Optional, detection 30 s: opens from 20 %, waits 10 s without jitter. */
  static TestGuard closedBreaker() {
    return closedBreaker(Dependency.optional(NAME));
  }

  static TestGuard closedBreaker(Dependency dependency) {
    return closedBreaker(targets(), dependency);
  }

  static TestGuard closedBreaker(ReliabilityTargets targets, Dependency dependency) {
    return new TestGuard(targets, dependency, () -> 0.5);
  }

  static TestGuard closedBreaker(DoubleSupplier random) {
    return new TestGuard(targets(), Dependency.optional(NAME), random);
  }

  static TestGuard openBreaker() {
    return closedBreaker().opened();
  }

  /** Half-open, with one of its trial calls admitted and given back. */
  static TestGuard halfOpenBreaker() {
    TestGuard guard = openBreaker();
    guard.advance(guard.guard.retryAfter());
    guard.guard.probeSucceeded();
    return guard;
  }

  TestGuard opened() {
    for (int i = 0; state() == BreakerState.CLOSED && i < 1000; i++) {
      fail();
      advance(Duration.ofMillis(250));
    }
    return this;
  }

  /** Makes a guard on the machine's clock. */
  static Dependencies onSystemTime(Dependency dependency) {
    return Dependencies.of(
        List.of(dependency),
        derive(targets(), dependency).dependencies(),
        () -> BudgetState.NORMAL,
        TimeSource.system(),
        Tracing.using(OpenTelemetry.noop()),
        new EventBus(),
        () -> 0.5,
        TimeUnit.NANOSECONDS::sleep);
  }

  BreakerState state() {
    return guard.state();
  }

  void advance(Duration by) {
    time.advance(by);
  }

  void succeed() {
    guard.call(() -> "ok");
  }

  /** Returns how it ended: as a failure, or refused. */
  CallOutcome fail() {
    return guard.callOr(
        () -> {
          throw new IllegalStateException("down");
        },
        CallFailure::outcome);
  }

  CallOutcome tried() {
    return guard.callOr(() -> CallOutcome.SUCCESS, CallFailure::outcome);
  }

  /** Calls that take as long. */
  void take(Duration duration) {
    guard.call(() -> time.advance(duration));
  }

  void failEvery(Duration interval, int times) {
    for (int i = 0; i < times; i++) {
      fail();
      advance(interval);
    }
  }

  void succeedEvery(Duration interval, int times) {
    for (int i = 0; i < times; i++) {
      succeed();
      advance(interval);
    }
  }

  List<String> eventTypes() {
    List<String> types = new ArrayList<>();
    events.forEach(event -> types.add(event.type()));
    return types;
  }

  @Override
  public void close() {
    dependencies.close();
  }
}
