package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.request.Exchange;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SignalsLoadTest {

  private static final List<String> HISTOGRAMS = List.of(
      "http_server_request_duration_seconds",
      "http_server_request_body_size_bytes",
      "http_server_response_body_size_bytes");
  private static final int THREADS = 64;
  private static final int EACH = 156_250;

  @Test
  void tenMillionRequestsOf64ThreadsAreMeasuredExactlyAndEachScrapeOfThemIsSound()
      throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      List<Exchange> ended = ended(service);
      ServerSignals signals = signals(service);
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          running.add(pool.submit(() -> {
            for (int i = 0; i < EACH; i++) {
              signals.ended(ended.get(i % ended.size()));
            }
          }));
        }
        Map<String, Double> before = new HashMap<>();
        while (running.stream().anyMatch(future -> !future.isDone())) {
          Exposition exposed = Exposition.parse(service.scrape());
          HISTOGRAMS.forEach(histogram -> checkSound(histogram, exposed, before));
        }
        for (Future<?> future : running) {
          future.get();
        }
      } finally {
        pool.shutdownNow();
      }

      Exposition exposed = Exposition.parse(service.scrape());
      assertThat(HISTOGRAMS).allSatisfy(histogram -> {
        double counted = exposed.samples(histogram + "_count").stream()
            .mapToDouble(Exposition.Sample::value)
            .sum();
        assertThat(counted).isEqualTo((double) THREADS * EACH + ended.size());
      });
    }
  }

  @Test
  void timingARequestAllocatesNothing() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      List<Exchange> ended = ended(service);
      ServerSignals signals = signals(service);
      record(signals, ended, 50_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      int calls = 200_000;
      long before = threads.getCurrentThreadAllocatedBytes();
      record(signals, ended, calls);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;

      // what remains are the exemplars' own attempts, some ten a second and series
      assertThat((double) bytes / calls).as("bytes per request").isLessThan(2);
    }
  }

  private static void record(ServerSignals signals, List<Exchange> ended, int calls) {
    for (int i = 0; i < calls; i++) {
      Exchange exchange = ended.get(i % ended.size());
      signals.ended(exchange);
    }
  }

  /** Buckets rise, +Inf is the count, and nothing falls from one scrape to the next. */
  private static void checkSound(String histogram, Exposition exposed, Map<String, Double> before) {
    exposed.samples(histogram + "_sum").forEach(sum -> checkRise(sum, before));
    for (Exposition.Sample count : exposed.samples(histogram + "_count")) {
      List<Exposition.Sample> buckets = exposed.samples(histogram + "_bucket").stream()
          .filter(
              bucket -> bucket.labels().entrySet().containsAll(count.labels().entrySet()))
          .toList();
      double last = 0;
      for (Exposition.Sample bucket : buckets) {
        assertThat(bucket.value()).isGreaterThanOrEqualTo(last);
        checkRise(bucket, before);
        last = bucket.value();
      }
      assertThat(last).isEqualTo(count.value());
    }
  }

  private static void checkRise(Exposition.Sample sample, Map<String, Double> before) {
    Double last = before.put(sample.name() + sample.labels(), sample.value());
    assertThat(sample.value()).isGreaterThanOrEqualTo(last == null ? 0 : last);
  }

  /** Requests that have ended once already, in several series and buckets. */
  private static List<Exchange> ended(TestService service) {
    List<Exchange> ended = new ArrayList<>();
    for (int millis : List.of(0, 30, 300, 20_000)) {
      Exchange good = service.requests.begin("GET /orders/{id}");
      Exchange bad = service.requests.begin("POST /orders");
      for (Exchange exchange : List.of(good, bad)) {
        exchange.requestBytes(millis);
        exchange.responseBytes(1_000L * millis);
      }
      service.time.advance(Duration.ofMillis(millis));
      good.end(200);
      bad.fail(500, new IllegalStateException());
      ended.add(good);
      ended.add(bad);
    }
    return ended;
  }

  private static ServerSignals signals(TestService service) {
    return (ServerSignals) service.listener();
  }
}
