package dev.nines.metrics;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.lifecycle.CloseStage;
import dev.nines.saturation.Saturation;
import dev.nines.saturation.Usage;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Latency, traffic, errors and saturation on Micrometer, and {@code /metrics} where the registry is a Prometheus one.
 *
 * <p>Thread-safe. Each {@code Nines} needs one of its own.
 */
public final class GoldenSignals implements Feature {

  private final MeterRegistry registry;
  private final boolean own;
  private final AtomicBoolean installed = new AtomicBoolean();

  /** The same as {@link #prometheus()}, for {@link java.util.ServiceLoader}. */
  public GoldenSignals() {
    this(new OwnRegistry(), true);
  }

  private GoldenSignals(MeterRegistry registry, boolean own) {
    this.registry = registry;
    this.own = own;
  }

  /** Measures into a Prometheus registry of its own, shown at {@code /metrics} and closed with {@code Nines}. */
  public static GoldenSignals prometheus() {
    return new GoldenSignals();
  }

  /**
   * Measures into the user's registry, which is never closed. If it is a {@link PrometheusMeterRegistry}, it is shown at
   * {@code /metrics} too; exemplars are then the user's to set up. A filter that drops or changes what alert rules read is
   * told at start as the event {@code metrics_filtered}.
   */
  public static GoldenSignals on(MeterRegistry registry) {
    return new GoldenSignals(registry, false);
  }

  /** Returns the registry, for the user's own meters. */
  public MeterRegistry registry() {
    return registry;
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
    FilteredMeters filtered = new FilteredMeters();
    listen(context, filtered);
    publishSaturation(context);
    context
        .instruments()
        .renderTo(new InstrumentMeters(registry, filtered, context.events())::render);
    if (registry instanceof PrometheusMeterRegistry prometheus) {
      context.endpoint(new MetricsEndpoint(prometheus));
    }
    bindRuntime(context);
    context.onStart(() -> filtered.report(context.events()));
  }

  private void listen(FeatureContext context, FilteredMeters filtered) {
    DurationTimers timers = new DurationTimers(registry, filtered);
    ErrorTypes errorTypes = new ErrorTypes();
    ServerSignals server =
        new ServerSignals(timers, context.settings().latencyBounds(), errorTypes);
    context.onRequest(FeatureContext.Stage.METRICS, server);
    context.onCall(new ClientSignals(timers, errorTypes));
    context.onStart(() -> server.createKnown(context.routes()));
  }

  private static void publishSaturation(FeatureContext context) {
    Instruments instruments = context.instruments();
    Saturation saturation = Saturation.system(context.time());
    Path workingDirectory = Path.of("").toAbsolutePath();
    instruments.publish(Metrics.SATURATION, () -> share(saturation.cpu()), "cpu");
    instruments.publish(Metrics.SATURATION, () -> share(saturation.memory()), "memory");
    instruments.publish(Metrics.SATURATION, () -> share(saturation.disk(workingDirectory)), "disk");
  }

  private void bindRuntime(FeatureContext context) {
    RuntimeMeters runtime = new RuntimeMeters();
    context.onStart(() -> runtime.bindTo(registry));
    if (own) {
      context.onClose(CloseStage.LAST, "metrics registry", registry::close);
    }
    context.onClose(CloseStage.LAST, "runtime metrics", runtime);
  }

  private static double share(Optional<Usage> usage) {
    return usage.map(Usage::share).orElse(Double.NaN);
  }
}
