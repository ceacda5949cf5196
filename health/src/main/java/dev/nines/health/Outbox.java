package dev.nines.health;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Publishes events in their order from a thread of its own, so that a listener that blocks, such as a log that nobody
 * drains, holds up neither a check nor the scheduler. What comes when {@link #CAPACITY} events wait is dropped and counted.
 */
final class Outbox implements AutoCloseable {

  /** Changes of state are rare; so many waiting means that nobody takes any. */
  static final int CAPACITY = 256;

  private final EventBus bus;
  private final LongAdder dropped = new LongAdder();
  private final ThreadPoolExecutor publisher;

  Outbox(EventBus bus) {
    this.bus = bus;
    publisher = new ThreadPoolExecutor(
        1,
        1,
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(CAPACITY),
        task -> {
          Thread thread = new Thread(task, "nines-health-events");
          thread.setDaemon(true);
          return thread;
        },
        (task, executor) -> dropped.increment());
  }

  void publish(Event event) {
    publisher.execute(() -> bus.publish(event));
  }

  long dropped() {
    return dropped.sum();
  }

  /** Publishes what waits, for a second at most. */
  @Override
  public void close() throws InterruptedException {
    publisher.shutdown();
    publisher.awaitTermination(1, TimeUnit.SECONDS);
  }
}
