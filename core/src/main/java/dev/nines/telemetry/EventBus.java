package dev.nines.telemetry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Carries events from whoever sees something to whoever renders it. Until somebody listens, events go to
 * {@link System.Logger}, so that nothing is said into the void.
 *
 * <p>Thread-safe. A listener's failure reaches neither the publisher nor the other listeners.
 */
public final class EventBus {

  private static final System.Logger LOG = System.getLogger("dev.nines");

  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean rendered;

  /** Hears every event from now on, beside the log. */
  public void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /** Hears every event from now on, in place of {@link System.Logger}. */
  public void render(Consumer<Event> renderer) {
    rendered = true;
    listeners.add(renderer);
  }

  /** Tells everyone who listens. Never throws. */
  public void publish(Event event) {
    if (!rendered) {
      LOG.log(
          event.level(),
          () -> event.type() + ": " + event.message() + " " + event.fields(),
          event.cause());
    }
    for (Consumer<Event> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "An event listener failed at " + event.type(), e);
      }
    }
  }
}
