package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The registry that serves when the user brings none. It shares nothing with other registries of the process, and a
 * function of the user's that throws costs its own value, not the scrape.
 */
final class OwnRegistry extends PrometheusMeterRegistry {

  /** Micrometer's names in which promtool finds fault; {@link RuntimeMeters} has the processor time under a better one. */
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
  private static final String INFO = ".info";
  private static final System.Logger LOG = System.getLogger("dev.nines.metrics");
  private static final SpanContext SPANS = new CurrentSpan();

  private final Set<String> ours = ConcurrentHashMap.newKeySet();
  private final OwnFamilies families;
  private final ExposedRegistry exposed;
  private volatile Predicate<Meter.Id> admission = id -> true;

  OwnRegistry() {
    this(new OwnFamilies(SPANS));
  }

  private OwnRegistry(OwnFamilies families) {
    this(families, new ExposedRegistry(families));
  }

  private OwnRegistry(OwnFamilies families, ExposedRegistry exposed) {
    super(new Config(), exposed, Clock.SYSTEM, SPANS);
    this.families = families;
    this.exposed = exposed;
    config().onMeterRemoved(meter -> {
      if (isOurs(meter.getId())) {
        families.remove(named(meter.getId()));
      }
    });
    config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
    config().meterFilter(MeterFilter.deny(id -> !isOurs(id) && !admission.test(id)));
  }

  /** Marks a metric as ours: it is admitted always, has no maximum, and costs a scrape of text little. */
  void claim(Metric metric) {
    ours.add(MeterName.of(metric));
  }

  boolean isOurs(Meter.Id id) {
    return ours.contains(id.getName());
  }

  /** Registers from now on only such meters of others that pass this rule. */
  void admit(Predicate<Meter.Id> rule) {
    admission = rule;
  }

  /** Of our metrics, text is written without the snapshots that Prometheus' client would make of them. */
  @Override
  public void scrape(OutputStream out, String contentType) throws IOException {
    ScrapeFormat format = ScrapeFormat.preferred(contentType);
    if (format == ScrapeFormat.PROTOBUF) {
      super.scrape(out, contentType);
      return;
    }
    boolean openMetrics = format == ScrapeFormat.OPEN_METRICS;
    ScrapePace pace = new ScrapePace();
    OutputStream paced = pace.paced(out);
    ExpositionWriter writer = new ExpositionWriter(paced);
    families.write(writer, openMetrics);
    writer.flush();
    (openMetrics ? OPEN_METRICS : TEXT).write(paced, exposed.others(pace));
  }

  /** Returns all metrics, also those of others that are left out because they are called like ours. */
  List<MetricSnapshot> all() {
    return exposed.all();
  }

  /** Timers of ours become histograms of both kinds; those of the user's stay Micrometer's. */
  @Override
  protected Timer newTimer(
      Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
    double[] bounds = config.getServiceLevelObjectiveBoundaries();
    if (!isOurs(id) || bounds == null) {
      return super.newTimer(id, config, pauseDetector);
    }
    HistogramSeries series = families.durations(named(id), clock.wallTime(), bounds);
    return new HistogramTimer(id, clock, pauseDetector, series);
  }

  @Override
  public DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig config, double scale) {
    double[] bounds = config.getServiceLevelObjectiveBoundaries();
    return !isOurs(id) || bounds == null
        ? super.newDistributionSummary(id, config, scale)
        : new HistogramSummary(id, families.numbers(named(id), clock.wallTime(), bounds));
  }

  /** What is named an info is a kind of its own, as Micrometer has it. */
  @Override
  protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
    if (!isOurs(id) || object == null || id.getName().endsWith(INFO)) {
      return super.newGauge(id, object, value);
    }
    DoubleSupplier gauged = orNotANumber(value, object);
    families.gauge(named(id), gauged);
    return new SuppliedGauge(id, gauged);
  }

  /** A scrape reads thousands of ours, each by as few steps as there can be. */
  @Override
  protected <T> FunctionCounter newFunctionCounter(
      Meter.Id id, T object, ToDoubleFunction<T> count) {
    ToDoubleFunction<T> guarded = guarded(count);
    if (!isOurs(id)) {
      return super.newFunctionCounter(id, object, guarded);
    }
    DoubleSupplier counted = () -> guarded.applyAsDouble(object);
    families.counter(named(id), counted);
    return new SuppliedCounter(id, counted);
  }

  @Override
  protected <T> FunctionTimer newFunctionTimer(
      Meter.Id id, T object, ToLongFunction<T> count, ToDoubleFunction<T> total, TimeUnit unit) {
    ToDoubleFunction<T> counted = guarded(count::applyAsLong);
    return super.newFunctionTimer(
        id, object, value -> (long) counted.applyAsDouble(value), guarded(total), unit);
  }

  private OwnFamilies.Named named(Meter.Id id) {
    return new OwnFamilies.Named(id, getConventionName(id), getConventionTags(id));
  }

  private static <T> DoubleSupplier orNotANumber(ToDoubleFunction<T> function, T object) {
    return () -> {
      try {
        return function.applyAsDouble(object);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "A gauge cannot be read", e);
        return Double.NaN;
      }
    };
  }

  /** A counter that cannot be read stays where it stood. */
  private static <T> ToDoubleFunction<T> guarded(ToDoubleFunction<T> function) {
    return new ToDoubleFunction<>() {
      private volatile double last;

      @Override
      public double applyAsDouble(T value) {
        try {
          double now = function.applyAsDouble(value);
          if (now != last) {
            last = now;
          }
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.DEBUG, "A counter cannot be read", e);
        }
        return last;
      }
    };
  }

  /** Micrometer would put exemplars on counts of histograms too, where OpenMetrics 1.0 allows none. */
  private static final class Config implements PrometheusConfig {

    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return new Properties();
    }
  }
}
