package dev.nines.health;

import dev.nines.FeatureContext;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.lifecycle.CloseStage;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ties checks, board, events and instruments together for one service. Used once, on the starting thread. */
final class Installation {

  private final FeatureContext context;
  private final DoubleSupplier random;
  private final TimeSource time;
  private final Outbox outbox;
  private final HealthEvents events;
  private final ReadinessWatch readiness;
  private final List<Component> components = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();

  Installation(FeatureContext context, DoubleSupplier random) {
    this.context = context;
    this.random = random;
    this.time = context.time();
    this.outbox = new Outbox(context.events());
    this.events = new HealthEvents(outbox::publish);
    this.readiness = new ReadinessWatch(context.lifecycle(), time, events, this::reasons);
  }

  void install(List<OwnCheck> own) {
    addDependencies();
    own.forEach(this::add);
    requireUniqueNames();
    CheckScheduler scheduler = new CheckScheduler(monitors(), threads, readiness::look, time);
    Board board = board();
    for (View view : View.values()) {
      context.endpoint(new ViewEndpoint(view, board));
    }
    context.lifecycle().readyWhile(board::open);
    publishInstruments();
    context.lifecycle().onChange(state -> readiness.look());
    context.onStart(scheduler::start);
    context.onClose(CloseStage.TELEMETRY, "health events", outbox);
    context.onClose(CloseStage.DRAINED, "health checks", scheduler);
  }

  private void addDependencies() {
    List<Dependency> declared = context.dependencies().all();
    List<Guard> guards = context.dependencies().guards();
    for (int i = 0; i < declared.size(); i++) {
      Guard guard = guards.get(i);
      @Nullable
      CheckMonitor monitor = declared
          .get(i)
          .check()
          .map(check -> monitor(guard.name(), check, guard))
          .orElse(null);
      components.add(new Component(
          guard.name(),
          Component.Kind.DEPENDENCY,
          guard.settings().targets().onFailure(),
          false,
          monitor,
          guard));
    }
  }

  private void add(OwnCheck own) {
    CheckMonitor monitor = monitor(own.name(), own.check(), null);
    components.add(
        new Component(own.name(), own.kind(), own.onFailure(), own.live(), monitor, null));
  }

  private CheckMonitor monitor(String name, Check check, @Nullable Guard guard) {
    ExecutorService own = CheckThreads.of(name);
    threads.add(own);
    return new CheckMonitor(
        name, check, context.settings().checks(), time, random, own, new Follow(guard));
  }

  private void requireUniqueNames() {
    Set<String> names = new HashSet<>();
    for (Component component : components) {
      if (!names.add(component.name())) {
        throw new IllegalArgumentException("check: '" + component.name()
            + "' (expected: a name that no dependency and no other check has)");
      }
    }
  }

  private Board board() {
    return new Board(
        components,
        context.lifecycle(),
        time,
        new HealthJson(context.identity(), time),
        context.settings().targets().lifecycle().start());
  }

  private List<CheckMonitor> monitors() {
    return components.stream().map(Component::monitor).filter(Objects::nonNull).toList();
  }

  private void publishInstruments() {
    Instruments instruments = context.instruments();
    double detection = Durations.seconds(context.settings().checks().worstCase());
    instruments.publish(Metrics.DETECTION, () -> detection);
    instruments.publish(Metrics.RECOVERY, readiness::lastUnreadySeconds);
    instruments.publish(Metrics.TELEMETRY_DROPPED, outbox::dropped, "health_events");
    for (CheckMonitor monitor : monitors()) {
      instruments.publish(Metrics.CHECK_STUCK, monitor::stuckThreads, monitor.name());
      for (Condition state : Condition.values()) {
        instruments.publish(
            Metrics.CHECK_STATUS,
            () -> monitor.condition(time.nanos()) == state ? 1 : 0,
            monitor.name(),
            state.label());
      }
    }
  }

  private String reasons() {
    long now = time.nanos();
    String reasons = components.stream()
        .filter(c -> c.gates() && !c.condition(now).serves())
        .map(c -> c.monitor() == null
            ? c.name()
            : c.name() + ": " + c.monitor().state().message())
        .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? "a condition outside of the checks" : reasons;
  }

  /** What follows from a result. */
  private final class Follow implements CheckMonitor.Listener {

    private final @Nullable Guard guard;

    Follow(@Nullable Guard guard) {
      this.guard = guard;
    }

    @Override
    public void recorded(
        CheckMonitor monitor, CheckResult result, CheckState before, CheckState after) {
      events.changed(monitor.name(), before, after);
      if (guard != null && result.status() != CheckResult.Status.UNHEALTHY) {
        guard.probeSucceeded();
      }
      readiness.look();
    }

    @Override
    public void stuck(CheckMonitor monitor, int stuckThreads) {
      events.stuck(monitor.name(), stuckThreads);
    }
  }
}
