package dev.nines.endpoint;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Each endpoint's own few threads, so that one that hangs or is asked too often holds up nobody but itself: a slow
 * report of the user's can't starve the probes.
 *
 * <p>As many lanes as endpoints; threads come when they are needed and go after ten idle seconds.
 */
final class Lanes implements AutoCloseable {

  private static final int THREADS = 2;

  /** Waiting requests per endpoint: enough for 200 probes at once, few enough to be answered within the answer time. */
  private static final int QUEUE = 256;

  private static final int IDLE_SECONDS = 10;

  private final ConcurrentMap<String, ThreadPoolExecutor> byPath = new ConcurrentHashMap<>();

  /**
   * Runs {@code task} in the lane of {@code path}, which must be an endpoint's.
   *
   * @throws java.util.concurrent.RejectedExecutionException if too many wait there, or the server closes
   */
  Future<?> submit(String path, Runnable task) {
    return byPath.computeIfAbsent(path, Lanes::lane).submit(task);
  }

  @Override
  public void close() {
    byPath.values().forEach(ThreadPoolExecutor::shutdownNow);
  }

  private static ThreadPoolExecutor lane(String path) {
    ThreadPoolExecutor lane = new ThreadPoolExecutor(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(QUEUE),
        AdminThreads.numbered("nines-admin" + path.replace('/', '-')));
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }
}
