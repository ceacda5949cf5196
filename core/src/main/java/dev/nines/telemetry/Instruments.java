package dev.nines.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

/**
 * Where features publish instruments, and where whoever renders them finds them. Order does not matter: a renderer that
 * comes later is told of what is there already, though durations that were recorded before are not kept for it.
 *
 * <p>Thread-safe.
 */
public final class Instruments {

  private final List<Instrument> published = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();
  private final List<Renderer> renderers = new ArrayList<>();

  /** Publishes one series. */
  public synchronized void publish(Metric metric, DoubleSupplier value, String... labelValues) {
    Instrument instrument = new Instrument(metric, List.of(labelValues), value);
    published.add(instrument);
    renderers.forEach(renderer -> renderer.render(instrument));
  }

  /** Publishes one series of durations, and returns where to record them, in nanoseconds; that allocates nothing. */
  public synchronized LongConsumer durations(
      Metric metric, List<Duration> bounds, String... labelValues) {
    Recorder recorder = new Recorder(new Durations(metric, List.of(labelValues), bounds));
    recorders.add(recorder);
    renderers.forEach(recorder::renderTo);
    return recorder;
  }

  /** Returns whether every renderer has room for that many more series. */
  public synchronized boolean hasRoom(int series) {
    return renderers.stream().allMatch(renderer -> renderer.hasRoom(series));
  }

  /** Hands every series, present and future, to {@code renderer}. */
  public synchronized void renderTo(Renderer renderer) {
    renderers.add(renderer);
    published.forEach(renderer::render);
    recorders.forEach(recorder -> recorder.renderTo(renderer));
  }

  private static final class Recorder implements LongConsumer {

    private final Durations series;
    private volatile LongConsumer sink = nanos -> {};

    Recorder(Durations series) {
      this.series = series;
    }

    void renderTo(Renderer renderer) {
      sink = sink.andThen(renderer.durations(series));
    }

    @Override
    public void accept(long nanos) {
      sink.accept(nanos);
    }
  }
}
