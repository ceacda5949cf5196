package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nines.metrics.watch.MessageProcessing;
import dev.nines.metrics.watch.Watch;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lives in the process itself. */
class LocalWatchTest {

  private static final String SATURATION = "nines_saturation_ratio";

  private final GoldenSignals signals = GoldenSignals.prometheus();
  private TestService service;

  @AfterEach
  void close() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aCacheShowsItsHitsAndItsRatio() {
    Cache<String, String> products = signals.watch(
        Watch.cache("products", Caffeine.newBuilder().recordStats().build()));
    start();
    products.put("known", "1");
    for (int i = 0; i < 3; i++) {
      products.getIfPresent("known");
    }
    products.getIfPresent("unknown");

    assertThat(value("nines_cache_requests_total", "cache", "products", "result", "hit"))
        .isEqualTo(3);
    assertThat(value("nines_cache_hit_ratio", "cache", "products")).isEqualTo(0.75);
    assertThat(value("nines_cache_entries", "cache", "products")).isEqualTo(1);
    assertThat(value("nines_cache_evictions_total", "cache", "products")).isZero();
  }

  @Test
  void aHitRatioIsOfLateAndNotSinceTheStart() {
    Cache<String, String> products = signals.watch(
        Watch.cache("products", Caffeine.newBuilder().recordStats().build()));
    start();
    products.put("known", "1");
    products.getIfPresent("known");
    value("nines_cache_hit_ratio");
    for (int minute = 0; minute < 2; minute++) {
      service.time.advance(Duration.ofMinutes(1));
      products.getIfPresent("unknown");
      value("nines_cache_hit_ratio");
    }

    assertThat(value("nines_cache_hit_ratio")).isZero();
  }

  @Test
  void aCacheThatCountsNothingIsRefused() {
    signals.watch(Watch.cache("products", Caffeine.newBuilder().build()));

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "watch: cache:products: counts nothing (expected: a cache built with recordStats())");
  }

  @Test
  void anExecutorShowsItsThreadsAndItsQueue() {
    CountDownLatch end = new CountDownLatch(1);
    ThreadPoolExecutor mailer = signals.watch(Watch.executor(
        "mailer", new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(4))));
    start();
    for (int i = 0; i < 2; i++) {
      mailer.execute(() -> await(end));
    }

    Awaitility.await().untilAsserted(() -> {
      assertThat(value("nines_executor_tasks", "executor", "mailer", "state", "active"))
          .isEqualTo(1);
      assertThat(value("nines_executor_tasks", "executor", "mailer", "state", "queued"))
          .isEqualTo(1);
      assertThat(value(SATURATION, "resource", "executor:mailer")).isEqualTo(0.5);
      assertThat(value(SATURATION, "resource", "executor_queue:mailer")).isEqualTo(0.25);
    });
    end.countDown();
    Awaitility.await().untilAsserted(() -> assertThat(
            value("nines_executor_completed_total", "executor", "mailer"))
        .isEqualTo(2));
    mailer.shutdown();
  }

  @Test
  void behindAnUnboundedQueueOnlyTheCoreEverWorks() {
    CountDownLatch end = new CountDownLatch(1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 100, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    signals.watch(Watch.executor("unbounded", pool));
    start();
    pool.execute(() -> await(end));

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(value(SATURATION, "resource", "executor:unbounded")).isEqualTo(1));
    assertThat(scraped().samples(SATURATION, "resource", "executor_queue:unbounded"))
        .isEmpty();
    end.countDown();
    pool.shutdown();
  }

  @Test
  void anExecutorThatStealsWorkIsWatchedToo() {
    CountDownLatch end = new CountDownLatch(1);
    ForkJoinPool pool = signals.watch(Watch.executor("stealing", new ForkJoinPool(2)));
    start();
    pool.execute(() -> await(end));

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(value(SATURATION, "resource", "executor:stealing")).isEqualTo(0.5));
    end.countDown();
    pool.shutdown();
  }

  @Test
  void anExecutorThatTellsNothingIsRefused() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    signals.watch(Watch.executor("single", single));

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: a ThreadPoolExecutor or a ForkJoinPool");
    single.shutdown();
  }

  @Test
  void aQueueIsFullAtItsBoundAndAHandOverNever() {
    BlockingQueue<String> mails = signals.watch(Watch.queue("mails", new ArrayBlockingQueue<>(10)));
    signals.watch(Watch.queue("handed", new SynchronousQueue<>()));
    start();
    mails.addAll(java.util.List.of("a", "b", "c"));

    assertThat(value("nines_queue_items", "queue", "mails")).isEqualTo(3);
    assertThat(value(SATURATION, "resource", "queue:mails")).isEqualTo(0.3);
    assertThat(scraped().samples(SATURATION, "resource", "queue:handed")).isEmpty();
  }

  @Test
  void messagesAreTimedAndTheirFailuresPassThrough() {
    MessageProcessing orders = signals.watch(Watch.consumer("rabbitmq", "orders"));
    orders.process(() -> {}); // before the start it only runs
    start();
    assertThat(value("messaging_process_duration_seconds_count")).isZero();

    orders.process(() -> service.time.advance(Duration.ofMillis(30)));
    assertThat(orders.<String, RuntimeException>call(() -> "result")).isEqualTo("result");
    IllegalStateException broken = new IllegalStateException();
    assertThatThrownBy(() -> orders.process(() -> {
          throw broken;
        }))
        .isSameAs(broken);

    assertThat(value("messaging_process_duration_seconds_sum", "error_type", ""))
        .isEqualTo(0.03);
    assertThat(value("messaging_process_duration_seconds_count", "error_type", ""))
        .isEqualTo(2);
    assertThat(value(
            "messaging_process_duration_seconds_count",
            "error_type",
            "java.lang.IllegalStateException"))
        .isEqualTo(1);
  }

  @Test
  void theDepthOfAnyBrokersQueueIsAskedInTheBackground() {
    signals.watch(Watch.lag("billing", "orders", () -> 42));
    start();

    Awaitility.await().untilAsserted(() -> assertThat(value(
            "nines_consumer_lag_messages",
            "messaging_consumer_group_name",
            "billing",
            "messaging_destination_name",
            "orders"))
        .isEqualTo(42));
  }

  @Test
  void eachNameIsWatchedOnceAndNothingAfterTheStart() {
    signals.watch(Watch.queue("mails", new ArrayBlockingQueue<>(10)));
    assertThatThrownBy(() -> signals.watch(Watch.queue("mails", new ArrayBlockingQueue<>(10))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("watch: queue:mails (expected: each name once)");
    start();

    assertThatThrownBy(() -> signals.watch(Watch.queue("other", new ArrayBlockingQueue<>(10))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("watch: queue:other: too late (expected: before Nines.builder(…).start())");
  }

  @Test
  void aServerAndACacheOfOneNameWouldShareTheirSeries() {
    signals.watch(Watch.cache("sessions", Caffeine.newBuilder().recordStats().build()));

    assertThatThrownBy(() -> signals.watch(Watch.redis("sessions", () -> "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("watch: cache:sessions (expected: each name once)");
  }

  private void start() {
    service = new TestService(signals);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double value(String name, String... labels) {
    return scraped().value(name, labels);
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }
}
