package dev.nines.metrics.watch;

import dev.nines.time.TimeSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.event.command.CommandBaseEvent;
import io.lettuce.core.event.command.CommandFailedEvent;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.lettuce.core.event.command.CommandSucceededEvent;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;

/** See {@link Watch#lettuce}. Thread-safe. */
final class LettuceCommands implements Watch<RedisClient>, CommandListener {

  private static final String BEGUN = "dev.nines.begun";
  private static final String UNKNOWN = "_OTHER";

  private final String dependency;
  private final RedisClient client;
  private volatile @Nullable Started started;

  private record Started(TimeSource time, Operations operations) {}

  /** Listens from now on, for a connection keeps the listeners that it was opened with. */
  LettuceCommands(String dependency, RedisClient client) {
    this.dependency = dependency;
    this.client = client;
    client.addListener(this);
  }

  @Override
  public String name() {
    return "lettuce:" + dependency;
  }

  @Override
  public RedisClient watched() {
    return client;
  }

  @Override
  public void start(WatchContext context) {
    context.dependency(dependency);
    started =
        new Started(context.time(), new Operations(dependency, DatabaseSystem.REDIS, context));
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    Started measures = started;
    if (measures != null) {
      event
          .getContext()
          .put(BEGUN, measures.time.nanos()); // the library's own clock counts in milliseconds
    }
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    ended(event, null);
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    ended(event, event.getCause());
  }

  private void ended(CommandBaseEvent event, @Nullable Throwable thrown) {
    Started measures = started;
    if (measures != null && event.getContext().get(BEGUN) instanceof Long begun) {
      String operation = operation(event.getCommand().getType());
      measures.operations.record(operation, thrown, measures.time.nanos() - begun);
    }
  }

  /** Keywords of one's own would be names without end. */
  private static String operation(ProtocolKeyword keyword) {
    return keyword instanceof CommandType type ? type.name() : UNKNOWN;
  }
}
