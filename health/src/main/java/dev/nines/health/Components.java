package dev.nines.health;

import dev.nines.FeatureContext;
import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.derive.CheckTimings;
import dev.nines.health.checks.MeasuredCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what is watched, with its monitors and their threads. Used once, on the starting thread. */
final class Components {

  private final FeatureContext context;
  private final DoubleSupplier random;
  private final Function<@Nullable Guard, CheckMonitor.Listener> listeners;
  private final List<Component> components = new ArrayList<>();
  private final List<ExecutorService> threads = new ArrayList<>();

  /** @param listeners makes what hears of a check's results, given the guard of what is checked */
  Components(
      FeatureContext context,
      DoubleSupplier random,
      Function<@Nullable Guard, CheckMonitor.Listener> listeners) {
    this.context = context;
    this.random = random;
    this.listeners = listeners;
  }

  /** @throws IllegalArgumentException if two have the same name */
  List<Component> make(List<OwnCheck> own) {
    List<Dependency> declared = context.dependencies().all();
    for (int i = 0; i < declared.size(); i++) {
      add(declared.get(i), context.dependencies().guards().get(i));
    }
    own.forEach(this::add);
    requireUniqueNames();
    return List.copyOf(components);
  }

  List<CheckMonitor> monitors() {
    return components.stream().map(Component::monitor).filter(Objects::nonNull).toList();
  }

  List<ExecutorService> threads() {
    return threads;
  }

  private void add(Dependency declared, Guard guard) {
    @Nullable
    CheckMonitor monitor =
        declared.check().map(check -> monitor(guard.name(), check, guard)).orElse(null);
    components.add(new Component(
        guard.name(),
        Component.Kind.DEPENDENCY,
        guard.settings().targets().onFailure(),
        false,
        monitor,
        guard));
  }

  private void add(OwnCheck own) {
    CheckMonitor monitor = own.memoryOnly()
        ? monitor(own.name(), own.check(), inMemory(timings()), Runnable::run, null)
        : monitor(own.name(), own.check(), null);
    components.add(
        new Component(own.name(), own.kind(), own.onFailure(), own.live(), monitor, null));
  }

  private CheckMonitor monitor(String name, Check check, @Nullable Guard guard) {
    ExecutorService own = CheckThreads.of(name);
    threads.add(own);
    return monitor(name, check, timings(), own, guard);
  }

  private CheckMonitor monitor(
      String name, Check check, CheckTimings timings, Executor executor, @Nullable Guard guard) {
    MeasuredCheck.publishIfMeasured(name, check, context.instruments());
    return new CheckMonitor(
        name, check, timings, context.time(), random, executor, listeners.apply(guard));
  }

  private CheckTimings timings() {
    return context.settings().checks();
  }

  /** What is read in memory costs nothing to ask, and cannot be wrong by chance: often, and believed at once. */
  private static CheckTimings inMemory(CheckTimings derived) {
    return new CheckTimings(
        Duration.ofSeconds(1),
        derived.jitter(),
        derived.timeout(),
        1,
        1,
        Duration.ofSeconds(1),
        derived.staleAfter());
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
}
