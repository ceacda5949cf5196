package dev.nines.metrics.watch;

import dev.nines.dependency.Action;
import dev.nines.dependency.Body;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Times how long a consumer works on each message: put it around the handler. What the handler throws arrives unchanged
 * and counts as a failure.
 *
 * <pre>{@code
 * MessageProcessing orders = signals.watch(Watch.consumer("kafka", "orders"));
 * for (ConsumerRecord<String, String> message : consumer.poll(second)) {
 *   orders.process(() -> handle(message));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Before the service starts it only runs the handler.
 */
public final class MessageProcessing implements Watch<MessageProcessing> {

  private final String system;
  private final String destination;
  private volatile @Nullable Started started;

  private record Started(
      WatchContext context,
      TimeSource time,
      List<Duration> bounds,
      ConcurrentHashMap<String, LongConsumer> durations) {}

  MessageProcessing(String system, String destination) {
    this.system = system;
    this.destination = destination;
  }

  @Override
  public String name() {
    return "consumer:" + destination;
  }

  @Override
  public MessageProcessing watched() {
    return this;
  }

  @Override
  public void start(WatchContext context) {
    Started measures = new Started(
        context, context.time(), context.bounds(destination), new ConcurrentHashMap<>());
    durations(
        measures, context.errorType(null)); // there at zero, so that the first message is a rise
    started = measures;
  }

  /** Processes one message. */
  public <X extends Exception> void process(Action<X> handler) throws X {
    this.<@Nullable Void, X>call(() -> {
      handler.run();
      return null;
    });
  }

  /** Processes one message, for a result; see {@link #process}. */
  public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> handler) throws X {
    Started measures = started;
    if (measures == null) {
      return handler.run();
    }
    long begun = measures.time.nanos();
    T result;
    try {
      result = handler.run();
    } catch (Throwable thrown) {
      ended(measures, thrown, begun);
      throw thrown;
    }
    ended(measures, null, begun);
    return result;
  }

  private void ended(Started measures, @Nullable Throwable thrown, long begun) {
    long nanos = measures.time.nanos() - begun;
    durations(measures, measures.context.errorType(thrown)).accept(nanos);
  }

  private LongConsumer durations(Started measures, String errorType) {
    LongConsumer known = measures.durations.get(errorType);
    return known != null
        ? known
        : measures.durations.computeIfAbsent(errorType, type -> measures
            .context
            .instruments()
            .durations(Metrics.MESSAGE_DURATION, measures.bounds, system, destination, type));
  }
}
