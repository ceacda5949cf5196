package dev.nines.metrics.watch;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.util.concurrent.Callable;

/** See {@link Watch#redis}. Thread-safe. */
final class RedisServer implements Watch<Callable<String>> {

  private static final String HITS = "keyspace_hits";
  private static final String MISSES = "keyspace_misses";

  private final String server;
  private final Callable<String> info;

  RedisServer(String server, Callable<String> info) {
    this.server = server;
    this.info = info;
  }

  /** Its look-ups are shown like those of any cache, among which its name must be the only one. */
  @Override
  public String name() {
    return "cache:" + server;
  }

  @Override
  public Callable<String> watched() {
    return info;
  }

  @Override
  public void start(WatchContext context) {
    Sampling<RedisInfo> found =
        context.sample("redis:" + server, () -> RedisInfo.parse(info.call()));
    Instruments instruments = context.instruments();
    HitRatio ratio = new HitRatio(context.time());
    count(instruments, found, Metrics.REDIS_COMMANDS, "total_commands_processed", server);
    count(instruments, found, Metrics.CACHE_REQUESTS, HITS, server, "hit");
    count(instruments, found, Metrics.CACHE_REQUESTS, MISSES, server, "miss");
    count(instruments, found, Metrics.CACHE_EVICTIONS, "evicted_keys", server);
    instruments.publish(Metrics.CACHE_ENTRIES, () -> found.gauge(RedisInfo::keys), server);
    instruments.publish(
        Metrics.CACHE_HIT_RATIO,
        () -> found.gauge(read -> ratio.of(read.value(HITS), read.value(MISSES))),
        server);
    context.saturation(
        "redis_memory:" + server,
        () -> found.gauge(read -> read.share("used_memory", "maxmemory")));
    context.saturation(
        "redis_clients:" + server,
        () -> found.gauge(read -> read.share("connected_clients", "maxclients")));
  }

  private static void count(
      Instruments instruments,
      Sampling<RedisInfo> found,
      Metric metric,
      String field,
      String... labelValues) {
    instruments.publish(metric, () -> found.counter(read -> read.value(field)), labelValues);
  }
}
