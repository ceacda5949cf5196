package dev.nines.metrics;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.lifecycle.CloseStage;
import dev.nines.metrics.watch.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Latency, traffic, errors and saturation on Micrometer, and {@code /metrics} where the registry is a Prometheus one.
 *
 * <p>Thread-safe. Each {@code Nines} needs one of its own.
 */
public final class GoldenSignals implements Feature {

  private final MeterRegistry first;
  private final boolean own;
  private final List<MeterRegistry> others = new ArrayList<>();
  private final List<OtlpPush> pushes = new ArrayList<>();
  private final AtomicBoolean installed = new AtomicBoolean();
  private volatile int maxSeries = SeriesBudget.DEFAULT;
  private volatile RequestNaming naming = RequestNaming.OTEL;
  private final Watches watches = new Watches();

  /** The same as {@link #prometheus()}, for {@link java.util.ServiceLoader}. */
  public GoldenSignals() {
    this(new OwnRegistry(), true);
  }

  private GoldenSignals(MeterRegistry registry, boolean own) {
    this.first = registry;
    this.own = own;
  }

  /** Measures into a Prometheus registry of its own, shown at {@code /metrics} and closed with {@code Nines}. */
  public static GoldenSignals prometheus() {
    return new GoldenSignals();
  }

  /**
   * Measures into the user's registry, which is never closed, and which pushes what it holds when the user closes it. If
   * it is a {@link PrometheusMeterRegistry}, or has one among several, that is shown at {@code /metrics} too; exemplars
   * and native histograms are then the user's to set up. A filter that drops or changes what alert rules read is
   * told at start as the event {@code metrics_filtered}.
   */
  public static GoldenSignals on(MeterRegistry registry) {
    return new GoldenSignals(registry, false);
  }

  /**
   * Declares the most series that this instance may have, {@value SeriesBudget#LEAST} to {@value SeriesBudget#MOST};
   * default {@value SeriesBudget#DEFAULT}. Beyond it new series of metrics with labels are folded into one of
   * {@code _OTHER}, and meters of others are refused if the registry is our own; what is published by declaration alone,
   * such as the error budget's counters, always has its place. The events {@code series_budget_near}, at 80 %, and
   * {@code series_budget_spent} tell of it, {@code nines_series} and {@code nines_series_refused_total} show it.
   *
   * @throws IllegalArgumentException if it is out of range
   * @throws IllegalStateException if it is installed already
   */
  public GoldenSignals maxSeries(int most) {
    if (most < SeriesBudget.LEAST || most > SeriesBudget.MOST) {
      throw new IllegalArgumentException("metrics.maxSeries: " + most + " (expected: "
          + SeriesBudget.LEAST + " to " + SeriesBudget.MOST + ")");
    }
    declare("maxSeries(...)");
    maxSeries = most;
    return this;
  }

  /**
   * Declares under which name the requests served are timed; default {@link RequestNaming#OTEL}. Alert rules read counters of
   * our own, whose names stay.
   *
   * @throws IllegalStateException if this is installed already
   */
  public GoldenSignals naming(RequestNaming names) {
    declare("naming(...)");
    naming = names;
    return this;
  }

  /**
   * Measures into one more registry of the user's at the same time; it is never closed either. Each registry more costs
   * its own record of each request.
   *
   * @throws IllegalStateException if this is installed already
   */
  public GoldenSignals also(MeterRegistry other) {
    declare("also(...)");
    others.add(other);
    return this;
  }

  /**
   * Pushes all that is measured to an OpenTelemetry collector.
   *
   * @throws IllegalStateException if this is installed already
   */
  public GoldenSignals push(OtlpPush push) {
    declare("push(...)");
    pushes.add(push);
    return this;
  }

  /** Returns the first registry, for the user's own meters. */
  public MeterRegistry registry() {
    return first;
  }

  private void declare(String what) {
    if (installed.get()) {
      throw new IllegalStateException(
          "metrics: " + what + " declared late (expected: before GoldenSignals is installed)");
    }
  }

  /**
   * Measures something that the service leans on, from the start on, and returns what to use in its place.
   *
   * @throws IllegalStateException if this is installed already: watch first, start then
   * @throws IllegalArgumentException if something of that kind and name is watched already
   */
  public <T> T watch(Watch<T> watch) {
    watches.add(watch);
    return watch.watched();
  }

  @Override
  public String name() {
    return "metrics";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it is installed already
   */
  @Override
  public void install(FeatureContext context) {
    if (!installed.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "GoldenSignals: installed twice (expected: one of its own for each Nines)");
    }
    MeterRegistry registry = others.isEmpty() ? first : Registries.together(first, others);
    FilteredMeters filtered = new FilteredMeters(registry);
    SeriesBudget budget = budget(context, registry);
    DurationTimers timers = new DurationTimers(registry, budget, filtered);
    ErrorTypes errorTypes = new ErrorTypes();
    listen(context, timers, new BodySizes(registry, budget, filtered), errorTypes);
    context
        .tenants()
        .ifPresent(tenants -> context.onRequest(
            FeatureContext.Stage.METRICS,
            new TenantSignals(
                tenants,
                registry,
                budget,
                timers,
                context.settings().latencyBounds(),
                context.time())));
    new SaturationSignals(context).publish();
    context
        .instruments()
        .renderTo(new InstrumentMeters(registry, budget, timers, filtered, context.events()));
    Registries.first(registry, PrometheusMeterRegistry.class)
        .ifPresent(prometheus -> context.endpoint(new MetricsEndpoint(prometheus)));
    context.endpoint(new LintEndpoint(new LintSource(registry, budget)::look));
    bindRuntime(context, registry);
    pushes.forEach(push -> push.start(context, registry));
    watches.start(context, errorTypes);
    context.onStart(() -> filtered.report(context.events()));
  }

  private SeriesBudget budget(FeatureContext context, MeterRegistry registry) {
    SeriesBudget budget = new SeriesBudget(registry, maxSeries);
    budget.publish(context.instruments());
    Sampled<Integer> watch = Sampled.of(context, "series", () -> budget.look(context.events()));
    context.onStart(watch::start);
    context.onClose(CloseStage.LAST, "series watch", watch);
    return budget;
  }

  private void listen(
      FeatureContext context, DurationTimers timers, BodySizes sizes, ErrorTypes errorTypes) {
    ServerSignals server = new ServerSignals(
        timers,
        naming,
        context.settings().latencyBounds(),
        sizes,
        errorTypes,
        new ErrorCounters(context.settings().targets(), context.instruments()));
    context.onRequest(FeatureContext.Stage.METRICS, server);
    context.onCall(new ClientSignals(timers, errorTypes));
    context.onStart(() -> server.createKnown(context.routes()));
  }

  private void bindRuntime(FeatureContext context, MeterRegistry registry) {
    RuntimeMeters runtime = new RuntimeMeters(context);
    context.onStart(() -> runtime.bindTo(registry));
    if (own) {
      context.onClose(CloseStage.LAST, "metrics registry", first::close);
    }
    context.onClose(CloseStage.LAST, "runtime metrics", runtime);
  }
}
