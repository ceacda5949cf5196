package dev.nines.metrics;

import dev.nines.FeatureContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gauges and counters of Micrometer's binders that take long to read, for they ask the kernel or each thread. They are read
 * in the background: a scrape takes no time for them, and the JDK's processor loads, each an average since anybody's last
 * reading, are of one interval, however many scrape. Thread-safe.
 */
final class SampledMeters implements AutoCloseable {

  private final MeterRegistry source = new SimpleMeterRegistry();
  private final Sampled<double[]> values;
  private volatile List<Meter> meters = List.of();
  private Runnable hide = () -> {};

  SampledMeters(FeatureContext context, String name) {
    this.values = Sampled.of(context, name, this::read);
  }

  /** Returns where binders put their meters before {@link #showIn}. */
  MeterRegistry source() {
    return source;
  }

  /** Shows in another registry what was read last, and reads until this is closed. */
  synchronized void showIn(MeterRegistry registry) {
    meters = source.getMeters();
    List<Meter> shown = IntStream.range(0, meters.size())
        .mapToObj(index -> show(meters.get(index).getId(), index, registry))
        .toList();
    hide = () -> shown.forEach(registry::remove);
    values.start();
  }

  private Meter show(Meter.Id id, int index, MeterRegistry registry) {
    if (id.getType() == Meter.Type.COUNTER) {
      return FunctionCounter.builder(id.getName(), values, all -> all.counter(read -> read[index]))
          .tags(id.getTags())
          .baseUnit(id.getBaseUnit())
          .description(id.getDescription())
          .register(registry);
    }
    return Gauge.builder(id.getName(), values, all -> all.gauge(read -> read[index]))
        .tags(id.getTags())
        .baseUnit(id.getBaseUnit())
        .description(id.getDescription())
        .register(registry);
  }

  private double[] read() {
    return meters.stream()
        .mapToDouble(meter -> meter.measure().iterator().next().getValue())
        .toArray();
  }

  /** What nobody reads any more is not shown any more, so that the next service of this process can show its own. */
  @Override
  public synchronized void close() {
    values.close();
    hide.run();
  }
}
