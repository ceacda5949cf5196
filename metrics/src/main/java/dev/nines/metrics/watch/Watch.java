package dev.nines.metrics.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;

/**
 * Something that the service leans on, and how to measure it. Hand it to {@code GoldenSignals.watch}, and go on with what
 * that returns:
 *
 * <pre>{@code
 * DataSource orders = signals.watch(Watch.jdbc("orders-db", pool));
 * }</pre>
 *
 * <p>Names become label values: give each thing one, and make none of what clients send. Nothing is measured before the
 * service starts, and nothing here ever throws into what is watched.
 *
 * @param <T> what the service goes on with
 */
public interface Watch<T> {

  /** Returns its kind and name, such as {@code pool:orders-db}; each is watched once. */
  String name();

  /** Returns what to use from now on: the thing itself, or a view of it that measures. */
  T watched();

  /**
   * Begins to measure; called once, when the service is put together. What it cannot do it refuses here, which ends the
   * start.
   */
  void start(WatchContext context);

  /**
   * Returns how to measure a thing of which only its name is known to be declared, if there is a way that changes nothing
   * for those who use it: the HikariCP pool that a data source is, or wraps.
   */
  static Optional<Watch<?>> found(String name, Object thing) {
    return thing instanceof DataSource source ? FoundPool.behind(name, source) : Optional.empty();
  }

  /**
   * Measures the queries of a data source, and tells of slow ones as the event {@code slow_query}: those over the slow-call
   * threshold that follows from the dependency's share of the promised latency, at most ten lines a minute. A line holds the
   * statement without any value, neither bound nor written into it.
   *
   * <p>A query's time ends when its execution does; reading the rows does not count. Needs {@code
   * net.ttddyy:datasource-proxy}.
   *
   * @param dependency name of a declared dependency
   */
  static Watch<DataSource> jdbc(String dependency, DataSource source) {
    return new JdbcQueries(dependency, source);
  }

  /**
   * Measures a HikariCP pool: connections in use and idle, threads that wait, how long they waited, how long connections were
   * kept, timeouts, and as saturation {@code pool:…} the connections in use and wanted against all there may be. Not needed
   * for the pool behind the check of a declared dependency, which is found.
   *
   * @param pool its name in labels; that of a declared dependency gives its histograms the dependency's bounds
   */
  static Watch<HikariDataSource> hikari(String pool, HikariDataSource source) {
    return new HikariPool(pool, source);
  }

  /**
   * Measures the commands that a Lettuce client sends: durations by command, failures by type. Make the connections after
   * this, for a connection keeps the listeners that it was opened with. Needs {@code io.lettuce:lettuce-core} 6 or later.
   *
   * @param dependency name of a declared dependency
   */
  static Watch<RedisClient> lettuce(String dependency, RedisClient client) {
    return new LettuceCommands(dependency, client);
  }

  /**
   * Measures a Redis server by what it says of itself: commands, hits and misses and their ratio, evictions, keys; as
   * saturation its memory ({@code redis_memory:…}) and clients ({@code redis_clients:…}). Asked in the background, whatever
   * the client: {@code Watch.redis("sessions", commands::info)} with Lettuce, {@code jedis::info} with Jedis.
   *
   * @param server its name in labels
   * @param info returns the text of {@code INFO}
   */
  static Watch<Callable<String>> redis(String server, Callable<String> info) {
    return new RedisServer(server, info);
  }

  /**
   * Measures a Caffeine cache: hits and misses and their ratio, evictions, entries. It must have been built with {@code
   * recordStats()}. A cache is full by design, so its size is no saturation. Needs {@code
   * com.github.ben-manes.caffeine:caffeine}.
   */
  static <K, V> Watch<Cache<K, V>> cache(String cache, Cache<K, V> watched) {
    return new LocalCache<>(cache, watched);
  }

  /**
   * Measures a {@link java.util.concurrent.ThreadPoolExecutor} or a {@link java.util.concurrent.ForkJoinPool}: tasks active
   * and queued, of the former also those completed; as saturation its threads ({@code executor:…}) and, if it is bounded, its
   * queue ({@code executor_queue:…}).
   */
  static <E extends ExecutorService> Watch<E> executor(String name, E executor) {
    return new ExecutorTasks<>(name, executor);
  }

  /** Measures a queue: its items, and if it is bounded, how full it is ({@code queue:…}). */
  static <E> Watch<BlockingQueue<E>> queue(String queue, BlockingQueue<E> items) {
    return new BoundedQueue<>(queue, items);
  }

  /**
   * Measures the processing of messages, of any broker; see {@link MessageProcessing}.
   *
   * @param system OpenTelemetry's {@code messaging.system}, such as {@code kafka}, {@code rabbitmq}, {@code activemq}
   * @param destination the topic or queue; that of a declared dependency gives the histogram its bounds
   */
  static Watch<MessageProcessing> consumer(String system, String destination) {
    return new MessageProcessing(system, destination);
  }

  /**
   * Measures how many messages wait for a consumer; asked in the background, for brokers that {@link #kafkaLag} is not for.
   *
   * @param lag returns their number, such as a queue's depth
   */
  static Watch<Callable<Map<String, Double>>> lag(
      String group, String destination, Callable<? extends Number> lag) {
    return new ConsumerLag(
        group, List.of(destination), () -> Map.of(destination, lag.call().doubleValue()));
  }

  /**
   * Measures how many messages of each topic a group of Kafka consumers has not committed; asked of the broker in the
   * background, so that a consumer that hangs shows. Needs {@code org.apache.kafka:kafka-clients} 3 or later.
   */
  static Watch<Callable<Map<String, Double>>> kafkaLag(
      String group, Admin admin, String... topics) {
    return new ConsumerLag(group, List.of(topics), new KafkaLag(group, admin, List.of(topics)));
  }
}
