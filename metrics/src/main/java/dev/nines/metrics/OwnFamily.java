package dev.nines.metrics;

import static dev.nines.metrics.ExpositionWriter.bytes;

import io.micrometer.core.instrument.Tag;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All series of one metric of ours. It writes itself to a scrape of text, from bytes that were made once; for other formats
 * it makes the snapshot of Prometheus' client. Thread-safe.
 *
 * @param <S> a series
 */
abstract class OwnFamily<S> {

  private final MetricMetadata metadata;
  private final MetricType type;
  private final byte[] head;
  private final byte[] openMetricsHead;
  private final Map<String, S> byLabels = new ConcurrentSkipListMap<>();

  /** @param name without {@code _total} */
  OwnFamily(String name, MetricType type, String help) {
    this.metadata = new MetricMetadata(name, help);
    this.type = type;
    String full = type == MetricType.COUNTER ? name + "_total" : name;
    String kind = type.name().toLowerCase(Locale.ROOT);
    this.head = bytes("# HELP " + full + ' ' + LabelText.escapedHelp(help) + "\n# TYPE " + full
        + ' ' + kind + '\n');
    this.openMetricsHead = bytes(
        "# TYPE " + name + ' ' + kind + "\n# HELP " + name + ' ' + LabelText.escaped(help) + '\n');
  }

  MetricType type() {
    return type;
  }

  MetricMetadata metadata() {
    return metadata;
  }

  Collection<S> series() {
    return byLabels.values();
  }

  void add(List<Tag> tags, S series) {
    byLabels.put(LabelText.of(tags), series);
  }

  void remove(List<Tag> tags) {
    byLabels.remove(LabelText.of(tags));
  }

  boolean isEmpty() {
    return byLabels.isEmpty();
  }

  void write(ExpositionWriter out, boolean openMetrics) throws IOException {
    out.put(openMetrics ? openMetricsHead : head);
    for (S each : byLabels.values()) {
      write(each, out, openMetrics);
    }
  }

  abstract void write(S series, ExpositionWriter out, boolean openMetrics) throws IOException;

  abstract MetricSnapshot collect();

  static Labels labels(List<Tag> tags) {
    return Labels.of(
        tags.stream().map(Tag::getKey).toList(),
        tags.stream().map(Tag::getValue).toList());
  }
}
