package dev.nines.metrics;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The declared maximum of series, and what becomes of new ones beyond it:
 *
 * <ul>
 *   <li>those of a metric with labels are folded into one series whose labels are all {@code _OTHER}, so that totals stay
 *       right, as OpenTelemetry's overflow attribute has it;
 *   <li>meters that others register on the registry that is ours are refused;
 *   <li>what is published by declaration alone, the error budget's counters among it, is never refused, nor is the series
 *       that others are folded into.
 * </ul>
 *
 * <p>Thread-safe. Existing series go on whatever comes.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits">OpenTelemetry: cardinality
 *     limits</a>
 */
final class SeriesBudget {

  /** Room for 40 routes with 3 statuses each and all that stands beside them, several times over. */
  static final int DEFAULT = 10_000;

  static final int LEAST = 500;
  static final int MOST = 1_000_000;

  /** The share at which it is told that the maximum nears. */
  static final double NEAR = 0.8;

  /** The share below which all is well again, apart from {@link #NEAR} so that it isn't told again and again. */
  private static final double WELL = 0.7;

  private static final String OTHER = "_OTHER";

  private final MeterRegistry registry;
  private final Optional<OwnRegistry> own;
  private final int most;
  private final AtomicInteger used = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private Level told = Level.WELL;
  private long refusedBefore;

  private enum Level {
    WELL,
    NEAR,
    SPENT
  }

  SeriesBudget(MeterRegistry registry, int most) {
    this.registry = registry;
    this.own = Registries.first(registry, OwnRegistry.class);
    this.most = most;
    Metrics.all().forEach(this::claim);
    registry.config().onMeterAdded(meter -> used.addAndGet(seriesOf(meter)));
    registry.config().onMeterRemoved(meter -> used.addAndGet(-seriesOf(meter)));
    registry.getMeters().forEach(meter -> used.addAndGet(seriesOf(meter)));
    own.ifPresent(registered -> registered.admit(id -> hasRoom(1)));
  }

  void publish(Instruments instruments) {
    instruments.publish(Metrics.SERIES, used::get);
    instruments.publish(Metrics.SERIES_LIMIT, () -> most);
    instruments.publish(Metrics.SERIES_REFUSED, refused::sum);
  }

  int used() {
    return used.get();
  }

  int most() {
    return most;
  }

  long refused() {
    return refused.sum();
  }

  /** Marks a metric as ours, so that the registry lets it pass. */
  void claim(Metric metric) {
    own.ifPresent(registered -> registered.claim(metric));
  }

  /** Returns whether that many more series fit; where they don't, that is counted. */
  boolean hasRoom(int series) {
    if (used.get() + series <= most) {
      return true;
    }
    refused.increment();
    return false;
  }

  /** Returns the label values under which a new meter of ours goes: its own, or {@code _OTHER} for each. */
  String[] within(Metric metric, int series, String... labelValues) {
    claim(metric);
    if (labelValues.length == 0 || exists(metric, labelValues) || hasRoom(series)) {
      return labelValues;
    }
    String[] others = new String[labelValues.length];
    Arrays.fill(others, OTHER);
    return others;
  }

  /**
   * Tells when the maximum nears, and when it refused something, and returns the series now. Called in the background, for
   * series are made under locks where nobody's listener should run.
   */
  synchronized int look(EventBus events) {
    Level level = level();
    if (level.compareTo(told) > 0) {
      events.publish(level == Level.SPENT ? spent() : near());
    }
    if (level.compareTo(told) > 0 || used.get() < WELL * most) {
      told = level;
    }
    return used.get();
  }

  private Level level() {
    long now = refused.sum();
    boolean refusedMore = now > refusedBefore;
    refusedBefore = now;
    if (refusedMore) {
      return Level.SPENT;
    }
    return used.get() >= NEAR * most ? Level.NEAR : Level.WELL;
  }

  private Event near() {
    return new Event(
        "series_budget_near",
        System.Logger.Level.WARNING,
        "The series near their declared maximum; /metrics/lint names the largest metrics",
        Map.of("series", used.get(), "max_series", most));
  }

  private Event spent() {
    return new Event(
        "series_budget_spent",
        System.Logger.Level.WARNING,
        "The maximum of series is reached: new ones are counted under _OTHER or refused;"
            + " bound the labels that /metrics/lint names, or raise GoldenSignals.maxSeries",
        Map.of("series", used.get(), "max_series", most, "refused", refused.sum()));
  }

  /** Searching walks over all meters, so it is asked only where room is short. */
  private boolean exists(Metric metric, String... labelValues) {
    return used.get() >= NEAR * most
        && registry
                .find(MeterName.of(metric))
                .tags(MeterName.tags(metric, List.of(labelValues)))
                .meter()
            != null;
  }

  private int seriesOf(Meter meter) {
    return SeriesCount.of(meter, !own.map(o -> o.isOurs(meter.getId())).orElse(false));
  }
}
