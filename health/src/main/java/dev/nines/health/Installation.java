package dev.nines.health;

import dev.nines.FeatureContext;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Guard;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.StartCondition;
import dev.nines.targets.RecoveryTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Ties checks, board, events and instruments together for one service. Used once, on the starting thread. */
final class Installation {

  private final FeatureContext context;
  private final Surface surface;
  private final TimeSource time;
  private final HealthListeners listeners;
  private final HealthNews news;
  private final Components factory;
  private final List<Component> components;
  private final HealthWatch watch;
  private final Board board;

  Installation(
      FeatureContext context,
      DoubleSupplier random,
      Surface surface,
      List<OwnCheck> own,
      List<HealthListener> declared) {
    this.context = context;
    this.surface = surface;
    this.time = context.time();
    this.listeners = new HealthListeners(declared);
    EventBus bus = context.events();
    this.news = HealthNews.to(event -> listeners.bus().post(() -> bus.publish(event)), listeners);
    this.factory = new Components(context, random, Follow::new);
    this.components = factory.make(own);
    this.watch = watch();
    this.board = board();
  }

  void install() {
    CheckScheduler scheduler =
        new CheckScheduler(factory.monitors(), factory.threads(), watch::look, time);
    surface.requireKnown(components);
    Waiters waiters = new Waiters(board, time);
    surface.endpoints(board, waiters).forEach(context::endpoint);
    context.lifecycle().readyWhile(board::open);
    components.stream().filter(Component::startNeeds).forEach(this::startAfter);
    new HealthInstruments(context.instruments(), time).publish(watch, listeners);
    watch.backups().follow(context.instruments());
    context.lifecycle().onChange(state -> watch.look());
    context.onStart(scheduler::start);
    context.onClose(CloseStage.TELEMETRY, "health events", listeners);
    context.onClose(CloseStage.DRAINED, "health checks", scheduler);
    context.onClose(CloseStage.DRAINED, "health waiters", waiters);
  }

  private void startAfter(Component needed) {
    context.startAfter(new StartCondition(
        needed.name(),
        () -> needed.missing(time.nanos()),
        "declare dependencies." + needed.name() + ".onFailure: degrade to start without it"));
  }

  private Board board() {
    return new Board(
        components,
        context.lifecycle(),
        time,
        new HealthBody(context.identity(), time, surface.names()),
        surface.questions(),
        context.settings().targets().lifecycle().start(),
        watch::report);
  }

  private HealthWatch watch() {
    RecoveryTargets targets = context.settings().targets().recovery();
    Duration window = context.settings().checks().flappingWindow();
    List<ComponentWatch> watches = components.stream()
        .map(c -> new ComponentWatch(c, targets.detection(), window, time.nanos()))
        .toList();
    ReadinessWatch readiness = new ReadinessWatch(
        context.lifecycle(),
        time,
        window,
        new Recoveries(targets),
        news,
        () -> Unreadiness.of(components, time.nanos()));
    return new HealthWatch(
        targets,
        new ChangeWatch(watches, time, news),
        readiness,
        new BackupWatch(targets.rpo(), news.incidents()));
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
      if (guard != null && result.status() != CheckResult.Status.UNHEALTHY) {
        guard.probeSucceeded();
      }
      if (before.condition() != after.condition()) {
        board.changed();
      }
      watch.look();
    }

    @Override
    public void stuck(CheckMonitor monitor, int stuckThreads) {
      news.checks().stuck(monitor.name(), stuckThreads);
    }
  }
}
