package dev.nines.metrics.watch;

import com.github.benmanes.caffeine.cache.Cache;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;

/** See {@link Watch#cache}. Thread-safe. */
final class LocalCache<K, V> implements Watch<Cache<K, V>> {

  private final String name;
  private final Cache<K, V> cache;

  LocalCache(String name, Cache<K, V> cache) {
    this.name = name;
    this.cache = cache;
  }

  @Override
  public String name() {
    return "cache:" + name;
  }

  @Override
  public Cache<K, V> watched() {
    return cache;
  }

  @Override
  public void start(WatchContext context) {
    if (!cache.policy().isRecordingStats()) {
      throw new IllegalArgumentException(
          "watch: " + name() + ": counts nothing (expected: a cache built with recordStats())");
    }
    Instruments instruments = context.instruments();
    HitRatio ratio = new HitRatio(context.time());
    instruments.publish(Metrics.CACHE_REQUESTS, () -> cache.stats().hitCount(), name, "hit");
    instruments.publish(Metrics.CACHE_REQUESTS, () -> cache.stats().missCount(), name, "miss");
    instruments.publish(
        Metrics.CACHE_HIT_RATIO,
        () -> ratio.of(cache.stats().hitCount(), cache.stats().missCount()),
        name);
    instruments.publish(Metrics.CACHE_EVICTIONS, () -> cache.stats().evictionCount(), name);
    instruments.publish(Metrics.CACHE_ENTRIES, cache::estimatedSize, name);
  }
}
