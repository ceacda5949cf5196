package dev.nines.metrics;

import dev.nines.FeatureContext;
import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.derive.Settings;
import dev.nines.lifecycle.CloseStage;
import dev.nines.metrics.watch.Sampling;
import dev.nines.metrics.watch.Watch;
import dev.nines.metrics.watch.WatchContext;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What is watched: as the user says, and what the checks of declared dependencies ask. Thread-safe. */
final class Watches {

  private final List<Watch<?>> watches = new ArrayList<>();
  private boolean started;

  synchronized void add(Watch<?> watch) {
    if (started) {
      throw new IllegalStateException(
          "watch: " + watch.name() + ": too late (expected: before Nines.builder(…).start())");
    }
    if (watches.stream().anyMatch(known -> known.name().equals(watch.name()))) {
      throw new IllegalArgumentException("watch: " + watch.name() + " (expected: each name once)");
    }
    watches.add(watch);
  }

  synchronized void start(FeatureContext context, ErrorTypes errorTypes) {
    context.dependencies().all().forEach(this::addFound);
    started = true;
    WatchContext given = new Given(context, errorTypes);
    watches.forEach(watch -> watch.start(given));
  }

  private void addFound(Dependency dependency) {
    dependency
        .check()
        .flatMap(Check::subject)
        .flatMap(subject -> Watch.found(dependency.name(), subject))
        .filter(found -> watches.stream()
            .noneMatch(
                known -> known.watched() == found.watched() || known.name().equals(found.name())))
        .ifPresent(watches::add);
  }

  private record Given(FeatureContext context, ErrorTypes errorTypes) implements WatchContext {

    @Override
    public Settings settings() {
      return context.settings();
    }

    @Override
    public Instruments instruments() {
      return context.instruments();
    }

    @Override
    public EventBus events() {
      return context.events();
    }

    @Override
    public TimeSource time() {
      return context.time();
    }

    @Override
    public String errorType(@Nullable Throwable thrown) {
      return errorTypes.bounded(thrown == null ? null : thrown.getClass().getName());
    }

    @Override
    public <T> Sampling<T> sample(String name, Callable<? extends T> source) {
      Sampled<T> sampled = Sampled.of(context, name, source);
      context.onStart(sampled::start);
      // before the client or pool that it asks through is closed: what was named last goes first
      context.onClose(CloseStage.DRAINED, "sampling of " + name, sampled);
      return sampled;
    }
  }
}
