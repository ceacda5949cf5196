package dev.nines.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Everyone who hears of health, each behind a mailbox: the service's event bus, and the user's listeners. */
final class HealthListeners implements AutoCloseable {

  /** For what still waits at the end, all together; the log of the last changes is worth a moment, not the grace. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private record Subscribed(HealthListener listener, Mailbox mailbox) {}

  private final Mailbox bus = new Mailbox("events");
  private final List<Subscribed> listeners = new ArrayList<>();

  HealthListeners(List<HealthListener> declared) {
    for (HealthListener listener : declared) {
      listeners.add(new Subscribed(listener, new Mailbox("listener-" + (listeners.size() + 1))));
    }
  }

  /** Returns the mailbox of the service's event bus. */
  Mailbox bus() {
    return bus;
  }

  void checkChanged(CheckChange change) {
    tell(listener -> listener.checkChanged(change));
  }

  void readinessChanged(ReadinessChange change) {
    tell(listener -> listener.readinessChanged(change));
  }

  /** Returns how many calls of the user's listeners were dropped or failed. */
  long lost() {
    return listeners.stream().mapToLong(each -> each.mailbox.lost()).sum();
  }

  @Override
  public void close() throws InterruptedException {
    List<Mailbox> all = new ArrayList<>(List.of(bus));
    listeners.forEach(each -> all.add(each.mailbox));
    all.forEach(Mailbox::shut);
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    for (Mailbox mailbox : all) {
      mailbox.awaitEmpty(deadline);
    }
  }

  private void tell(Consumer<HealthListener> what) {
    for (Subscribed each : listeners) {
      each.mailbox.post(() -> what.accept(each.listener));
    }
  }
}
