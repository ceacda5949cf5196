package dev.nines.meter;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The series of a metric with labels. {@link #with} looks one up, and makes it where it is new and within the bounds: ask
 * once and keep what it returns.
 *
 * <p>Thread-safe. Values beyond a label's bound, and new ones when the service's budget of series is spent, are folded into
 * {@code _OTHER}, whose series so keeps the totals right; each such look-up is counted in
 * {@code nines_labels_folded_total{metric}}.
 *
 * @param <M> {@link Counter}, {@link Gauge} or {@link Timer}
 */
public final class Family<M> {

  private final Metric metric;
  private final List<LabelValues> labels;
  private final Series<M> series;
  private final int seriesEach;
  private final Instruments instruments;
  private final LongAdder folded;
  private final List<String> others;
  private final ConcurrentMap<List<String>, M> known = new ConcurrentHashMap<>();

  Family(
      Metric metric,
      List<Label> labels,
      Series<M> series,
      int seriesEach,
      Instruments instruments,
      LongAdder folded) {
    this.metric = metric;
    this.labels = labels.stream().map(LabelValues::new).toList();
    this.series = series;
    this.seriesEach = seriesEach;
    this.instruments = instruments;
    this.folded = folded;
    this.others = labels.stream().map(label -> Label.OTHER).toList();
  }

  /**
   * Returns the handle of the series with these values, in the order in which the labels were declared. Null, empty,
   * overlong values and those with control characters are {@code _OTHER}.
   *
   * @throws IllegalArgumentException if there are more or fewer values than labels
   */
  public M with(@Nullable String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(metric.name() + ": " + values.length
          + " values (expected: one for each of " + metric.labels() + ")");
    }
    M found = known.get(Arrays.asList(values));
    return found != null ? found : bounded(values);
  }

  private M bounded(@Nullable String[] values) {
    List<String> bounded = IntStream.range(0, values.length)
        .mapToObj(i -> labels.get(i).bounded(values[i]))
        .toList();
    if (bounded.contains(Label.OTHER)) {
      folded.increment();
    }
    M found = known.get(bounded);
    return found != null ? found : add(bounded);
  }

  synchronized M add(List<String> values) {
    M found = known.get(values);
    if (found != null) {
      return found;
    }
    List<String> room = values;
    if (!values.equals(others) && !instruments.hasRoom(seriesEach)) {
      folded.increment();
      room = others;
    }
    return known.computeIfAbsent(room, made -> series.publish(metric, made.toArray(String[]::new)));
  }
}
