package dev.nines.budget;

import dev.nines.derive.Settings;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import dev.nines.request.Route;
import dev.nines.request.RouteTable;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts good and bad requests per objective and route class, and tells how fast this instance spends its budget.
 *
 * <p>What it tells is what this instance has seen since its start, and what a {@link BudgetHistory} told of the time
 * before; {@link #coverage()} says how much of the budget's window that is. The service's own budget is the sum over its
 * instances, which the alert rules form from the counters.
 *
 * <p>Counting allocates nothing and takes no lock, but once a minute. Memory is fixed by the declaration: at most 17,376
 * bytes for the windows of each objective of each route class, and 8,688 beside. Thread-safe.
 */
public final class ErrorBudget implements RequestListener {

  private static final String AVAILABILITY = "availability";

  private final TimeSource time;
  private final ReliabilityTargets targets;
  private final Map<String, RouteClass> classes = new LinkedHashMap<>();
  private final List<Objective> objectives = new ArrayList<>();
  private final LongAdder[] exchanges = new LongAdder[Outcome.values().length];
  private final Windows windows;
  private final PageTiers pageTiers;
  private final StateWatch watch;
  private final List<Consumer<BudgetStateChange>> listeners = new CopyOnWriteArrayList<>();

  /** Class of each route and method, by their indexes; a row is filled when its route is first seen. */
  private final AtomicReferenceArray<RouteClass @Nullable []> byRoute =
      new AtomicReferenceArray<>(RouteTable.CAPACITY);

  /** Begins to count, from zero. */
  public ErrorBudget(Settings settings, TimeSource time) {
    this.time = time;
    this.targets = settings.targets();
    addClass(Route.DEFAULT_CLASS, settings);
    targets.routes().keySet().forEach(route -> addClass(route, settings));
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] = new LongAdder();
    }
    this.windows = new Windows(objectives, targets.window(), time.nanos(), time.now());
    this.pageTiers = new PageTiers(settings.burnTiers(), this::objective);
    this.watch =
        new StateWatch(objectives, windows, pageTiers, targets.window(), settings.budgetState());
  }

  @Override
  public void ended(Exchange exchange) {
    windows.sample(exchange.startNanos() + exchange.durationNanos());
    exchanges[exchange.outcome().ordinal()].increment();
    classOf(exchange.route(), exchange.method()).count(exchange);
  }

  /** Returns how many requests ended so. */
  public long exchanges(Outcome outcome) {
    return exchanges[outcome.ordinal()].sum();
  }

  /**
   * Returns how many valid requests kept an objective since the start.
   *
   * @throws IllegalArgumentException if the route class has no such objective
   */
  public long good(String objective, String routeClass) {
    return objective(objective, routeClass).good();
  }

  /**
   * Returns how many valid requests broke an objective since the start.
   *
   * @throws IllegalArgumentException if the route class has no such objective
   */
  public long bad(String objective, String routeClass) {
    return objective(objective, routeClass).bad();
  }

  /**
   * Returns the share of the error budget that is left over the targets' window, as far as this instance has seen it: 1
   * when nothing was broken, or nothing happened; 0 when all is spent; below 0 when overspent; never NaN.
   *
   * @throws IllegalArgumentException if the route class has no such objective
   */
  public double remaining(String objective, String routeClass) {
    return 1 - burnRate(objective, routeClass, targets.window());
  }

  /**
   * Returns how many times faster than allowed the budget is spent over a window: the share of bad events divided by the
   * share that is allowed; 0 when nothing happened; never NaN.
   *
   * @param window above zero, up to the longer of the targets' window and 3 days
   * @throws IllegalArgumentException if the route class has no such objective, or the window is none or longer than what is
   *     kept
   */
  public double burnRate(String objective, String routeClass, Duration window) {
    return burnRate(objective(objective, routeClass), window);
  }

  /**
   * Returns the share of the targets' window that was seen, by this instance and by the history that it began with: 0 at a
   * start without one, rising to 1.
   */
  public double coverage() {
    return windows.coverage(targets.window(), time.nanos());
  }

  /**
   * Returns how the budget stands, as of the last look, which is at most some five seconds ago: one volatile read, for any
   * place that may spend less while it is not {@code NORMAL}, such as optional work or a retry.
   */
  public BudgetState state() {
    return watch.state();
  }

  /**
   * Hears of each change of {@link #state} from now on, in order, on a thread of the budget's own. A listener that fails
   * is told as the event {@code budget_listener_failed}, and hears of the next change.
   */
  public void listen(Consumer<BudgetStateChange> listener) {
    listeners.add(listener);
  }

  /**
   * Returns whether this instance is breaking a target right now, fast enough for a page: any page tier of the settings
   * that needs no sustaining holds in both of its windows, with its minimum of bad requests, and the last five minutes
   * still break the objective. A few subtractions for each tier; reads memory only.
   */
  public boolean burning() {
    long now = time.nanos();
    return objectives.stream().anyMatch(o -> pageTiers.burning(o, 1, windows, now));
  }

  /** Publishes every series, at zero before the first request. Called once. */
  public void publish(Instruments instruments) {
    for (Outcome outcome : Outcome.values()) {
      instruments.publish(Metrics.EXCHANGES, exchanges[outcome.ordinal()]::sum, outcome.label());
    }
    objectives.forEach(objective -> publish(objective, instruments));
    double availability = targets.availability().doubleValue();
    instruments.publish(Metrics.TARGET, () -> availability, AVAILABILITY, Route.DEFAULT_CLASS);
    instruments.publish(Metrics.BUDGET_COVERAGE, this::coverage);
    for (BudgetState each : BudgetState.values()) {
      instruments.publish(Metrics.BUDGET_STATE, () -> state() == each ? 1 : 0, each.label());
    }
  }

  Ledger ledger(String service) {
    return new Ledger(service, objectives, targets.window(), time.now());
  }

  void restore(Past past) {
    windows.restore(past);
  }

  Past past() {
    return windows.past(objectives, time.nanos());
  }

  void look(Consumer<BudgetStateChange> changed) {
    watch.look(time.nanos(), changed);
  }

  void tell(BudgetStateChange change, Consumer<RuntimeException> failed) {
    for (Consumer<BudgetStateChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
  }

  private void publish(Objective objective, Instruments instruments) {
    String name = objective.name;
    String routeClass = objective.routeClass;
    instruments.publish(Metrics.TARGET, () -> objective.target, name, routeClass);
    instruments.publish(Metrics.REQUESTS_GOOD, objective::good, name, routeClass);
    instruments.publish(Metrics.REQUESTS_BAD, objective::bad, name, routeClass);
    if (!name.equals(Objective.ERRORS)) {
      instruments.publish(Metrics.REQUESTS_SLOW, objective.slow::sum, name, routeClass);
    }
    instruments.publish(
        Metrics.BUDGET_REMAINING,
        () -> 1 - burnRate(objective, targets.window()),
        name,
        routeClass);
    for (BurnWindow window : BurnWindow.values()) {
      instruments.publish(
          Metrics.BURN_RATE,
          () -> burnRate(objective, window.length),
          name,
          routeClass,
          window.label);
    }
  }

  private double burnRate(Objective objective, Duration window) {
    return windows.within(window, objective, time.nanos()).badRatio() / objective.allowedBad;
  }

  private RouteClass classOf(Route route, HttpMethod method) {
    RouteClass[] row = byRoute.getAcquire(route.index());
    if (row == null) {
      row = classesOf(route);
      byRoute.setRelease(route.index(), row);
    }
    return row[method.ordinal()];
  }

  private RouteClass[] classesOf(Route route) {
    HttpMethod[] methods = HttpMethod.values();
    RouteClass[] row = new RouteClass[methods.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = classes.get(route.routeClass(methods[i]));
    }
    return row;
  }

  private void addClass(String name, Settings settings) {
    RouteClass added = new RouteClass(name, settings, 2 * objectives.size());
    classes.put(name, added);
    objectives.addAll(added.objectives());
  }

  private Objective objective(String name, String routeClass) {
    return objectives.stream()
        .filter(o -> o.name.equals(name) && o.routeClass.equals(routeClass))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "objective: " + name + " of " + routeClass + " (expected: one of "
                + objectives.stream().map(o -> o.name + " of " + o.routeClass).toList() + ")"));
  }
}
