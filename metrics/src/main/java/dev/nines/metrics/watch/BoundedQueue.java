package dev.nines.metrics.watch;

import dev.nines.telemetry.Metrics;
import java.util.concurrent.BlockingQueue;

/** See {@link Watch#queue}. Thread-safe. */
final class BoundedQueue<E> implements Watch<BlockingQueue<E>> {

  private final String queue;
  private final BlockingQueue<E> items;

  BoundedQueue(String queue, BlockingQueue<E> items) {
    this.queue = queue;
    this.items = items;
  }

  @Override
  public String name() {
    return "queue:" + queue;
  }

  @Override
  public BlockingQueue<E> watched() {
    return items;
  }

  @Override
  public void start(WatchContext context) {
    context.instruments().publish(Metrics.QUEUE_ITEMS, items::size, queue);
    saturation(context, name(), items);
  }

  /** A queue that takes any number is never full, and one that takes none (a hand-over) never holds anything. */
  static void saturation(WatchContext context, String resource, BlockingQueue<?> items) {
    if (!isUnbounded(items) && items.size() + items.remainingCapacity() > 0) {
      context.saturation(resource, () -> share(items));
    }
  }

  static boolean isUnbounded(BlockingQueue<?> items) {
    return items.remainingCapacity() >= Integer.MAX_VALUE - items.size();
  }

  private static double share(BlockingQueue<?> items) {
    double size = items.size();
    return size / Math.max(1, size + items.remainingCapacity());
  }
}
