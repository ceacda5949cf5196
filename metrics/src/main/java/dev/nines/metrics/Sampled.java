package dev.nines.metrics;

import dev.nines.FeatureContext;
import dev.nines.metrics.watch.Sampling;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something that is read in the background, because reading it may wait: a disk, a server. A scrape reads what was found
 * last, from memory. Each has a thread of its own, so that one that hangs holds up no other; what it found last turns to
 * NaN once it is older than three rounds. Thread-safe.
 */
final class Sampled<T> implements Sampling<T>, AutoCloseable {

  private static final int ROUNDS_TO_LIVE = 3;

  private final String name;
  private final Callable<? extends T> source;
  private final Duration interval;
  private final TimeSource time;
  private final EventBus events;
  private final ScheduledExecutorService thread;
  private volatile @Nullable Sample<T> last;
  private volatile boolean failing;

  private record Sample<T>(T value, long nanos) {}

  Sampled(
      String name,
      Callable<? extends T> source,
      Duration interval,
      TimeSource time,
      EventBus events) {
    this.name = name;
    this.source = source;
    this.interval = interval;
    this.time = time;
    this.events = events;
    this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread made = new Thread(task, "nines-sample-" + name);
      made.setDaemon(true);
      return made;
    });
  }

  /** Reads as often as health is checked. */
  static <T> Sampled<T> of(FeatureContext context, String name, Callable<? extends T> source) {
    return new Sampled<>(
        name, source, context.settings().checks().interval(), context.time(), context.events());
  }

  void start() {
    thread.scheduleWithFixedDelay(this::read, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public double gauge(ToDoubleFunction<? super T> reading) {
    Sample<T> sample = last;
    return sample == null || old(sample) ? Double.NaN : reading.applyAsDouble(sample.value);
  }

  @Override
  public double counter(ToDoubleFunction<? super T> reading) {
    Sample<T> sample = last;
    return sample == null ? 0 : reading.applyAsDouble(sample.value);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private boolean old(Sample<T> sample) {
    return time.nanos() - sample.nanos > ROUNDS_TO_LIVE * interval.toNanos();
  }

  private void read() {
    try {
      last = new Sample<>(source.call(), time.nanos());
      failing = false;
    } catch (Exception | LinkageError e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    if (!failing && !thread.isShutdown()) {
      failing = true;
      events.publish(new Event(
          "sampling_failed",
          System.Logger.Level.WARNING,
          name + " cannot be read for its metrics; it is told again after it could be",
          Map.of("sampled", name),
          cause));
    }
  }
}
