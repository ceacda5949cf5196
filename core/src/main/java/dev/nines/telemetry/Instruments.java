package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Where features publish instruments, and where whoever renders them finds them. Order does not matter: a renderer that
 * comes later is told of what is there already.
 *
 * <p>Thread-safe.
 */
public final class Instruments {

  private final List<Instrument> published = new ArrayList<>();
  private final List<Consumer<Instrument>> renderers = new ArrayList<>();

  /** Publishes one series. */
  public synchronized void publish(Metric metric, DoubleSupplier value, String... labelValues) {
    Instrument instrument = new Instrument(metric, List.of(labelValues), value);
    published.add(instrument);
    renderers.forEach(renderer -> renderer.accept(instrument));
  }

  /** Hands every series, present and future, to {@code renderer}. */
  public synchronized void renderTo(Consumer<Instrument> renderer) {
    renderers.add(renderer);
    published.forEach(renderer);
  }
}
