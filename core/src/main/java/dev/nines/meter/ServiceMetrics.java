package dev.nines.meter;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The service's own metrics. Names, units, help and labels are checked against Prometheus' rules when they are declared;
 * the unit and {@code _total} are appended to the name.
 *
 * <p>Thread-safe. Declare at start, keep the handles.
 */
public final class ServiceMetrics {

  /** The most series of one metric, {@code _OTHER} apart; what needs more is a matter for logs or traces. */
  public static final int MOST_SERIES = 1000;

  /** A histogram's series beside its buckets: {@code +Inf}, the sum and the count. */
  private static final int BESIDE_BUCKETS = 3;

  private static final int MOST_BOUNDS = 50;

  private final Instruments instruments;
  private final TimeSource time;
  private final List<Duration> latencyBounds;
  private final LongAdder dropped = new LongAdder();
  private final TakenNames taken = new TakenNames(Metrics.all());
  private final Map<Key, Family<?>> registered = new HashMap<>();

  /** What must be equal for two declarations to be the same. */
  private record Key(Metric metric, List<Label> labels, List<Duration> bounds) {}

  /** Publishes through {@code instruments}; timers have {@code latencyBounds} unless they name their own. */
  public ServiceMetrics(Instruments instruments, TimeSource time, List<Duration> latencyBounds) {
    this.instruments = instruments;
    this.time = time;
    this.latencyBounds = List.copyOf(latencyBounds);
    instruments.publish(Metrics.TELEMETRY_DROPPED, dropped::sum, "measurements");
  }

  /** Declares a counter: {@code orders_placed} counted in {@link Unit#COUNT} is {@code orders_placed_total}. */
  public Declaration<Counter> counter(String name, Unit unit, String help) {
    return declare(name, Metric.Type.COUNTER, unit, help, List.of(), this::counter);
  }

  /** Declares a gauge: {@code cache_size} in {@link Unit#BYTES} is {@code cache_size_bytes}. */
  public Declaration<Gauge> gauge(String name, Unit unit, String help) {
    return declare(name, Metric.Type.GAUGE, unit, help, List.of(), this::gauge);
  }

  /**
   * Declares a timer: {@code order_picking} is {@code order_picking_seconds}.
   *
   * @param bounds upper bounds of the buckets, rising, at most 50; none takes those that follow from the service's latency
   *     targets
   */
  public Declaration<Timer> timer(String name, String help, Duration... bounds) {
    List<Duration> buckets = bounds.length == 0 ? latencyBounds : rising(name, List.of(bounds));
    return declare(
        name,
        Metric.Type.HISTOGRAM,
        Unit.SECONDS,
        help,
        buckets,
        (metric, values) ->
            new Timer(time, instruments.durations(metric, buckets, values), dropped));
  }

  private <M> Declaration<M> declare(
      String name,
      Metric.Type type,
      Unit unit,
      String help,
      List<Duration> bounds,
      Series<M> series) {
    return new Declaration<>(labels -> register(
        Names.metric(name, type, unit, help, labels.stream().map(Label::name).toList()),
        labels,
        bounds,
        series));
  }

  private synchronized <M> Family<M> register(
      Metric metric, List<Label> labels, List<Duration> bounds, Series<M> series) {
    Key key = new Key(metric, labels, bounds);
    @SuppressWarnings("unchecked") // the metric's type decides what its series are
    Family<M> known = (Family<M>) registered.get(key);
    if (known != null) {
      return known;
    }
    LabelSets.require(metric.name(), labels);
    taken.take(metric);
    LongAdder folded = new LongAdder();
    int each = metric.type() == Metric.Type.HISTOGRAM ? bounds.size() + BESIDE_BUCKETS : 1;
    Family<M> family = new Family<>(metric, labels, series, each, instruments, folded);
    if (!labels.isEmpty()) {
      instruments.publish(Metrics.LABELS_FOLDED, folded::sum, metric.name());
    }
    if (metric.type() != Metric.Type.GAUGE) {
      LabelSets.known(labels).forEach(family::add);
    }
    registered.put(key, family);
    return family;
  }

  private Counter counter(Metric metric, String... values) {
    Counter counter = new Counter(dropped);
    instruments.publish(metric, counter::value, values);
    return counter;
  }

  private Gauge gauge(Metric metric, String... values) {
    Gauge gauge = new Gauge();
    instruments.publish(metric, gauge::value, values);
    return gauge;
  }

  private static List<Duration> rising(String name, List<Duration> bounds) {
    Duration before = Duration.ZERO;
    for (Duration bound : bounds) {
      if (bound.compareTo(before) <= 0 || bounds.size() > MOST_BOUNDS) {
        throw new IllegalArgumentException(name + ".bounds: " + bounds + " (expected: at most "
            + MOST_BOUNDS + ", positive and rising)");
      }
      before = bound;
    }
    return bounds;
  }
}
