package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.nines.request.Exchange;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DebugMemoryTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private final TestService service = new TestService(
      "checkout", JsonLogging.to(lines).requests(RequestLog.standard().withoutLines()));
  private final DebugLines debug = new DebugLines(
      (LoggerContext) LoggerFactory.getILoggerFactory(),
      service.identity(),
      List.of(),
      service.time());

  @BeforeEach
  void start() {
    debug.start();
  }

  @AfterEach
  void closeTheService() {
    debug.stop();
    service.close();
  }

  private Exchange open(int logged, String text) {
    Exchange exchange = service.begin("GET", "/a");
    try (Scope ignored = exchange.context().makeCurrent()) {
      for (int i = 0; i < logged; i++) {
        LOG.debug("{} {}", i, text);
      }
    }
    return exchange;
  }

  @Test
  void allRequestsTogetherHoldABoundedAmountAndGiveItBack() {
    String kilobytes = "x".repeat(4_000);
    List<Exchange> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      open.add(open(30, kilobytes));
    }
    assertThat(debug.bytes())
        .isBetween(DebugRing.MOST_BYTES_IN_ALL / 2, DebugRing.MOST_BYTES_IN_ALL);
    int missing = 0;
    for (Exchange exchange : open) {
      exchange.end(500);
      missing += debug.ended(exchange, true);
    }
    assertThat(debug.bytes()).isZero();
    assertThat(missing).isGreaterThan(3_000);
    assertThat(debug.droppedLines()).isEqualTo(missing);
  }

  @Test
  void aSuccessGivesItBackToo() {
    Exchange exchange = open(10, "text");
    assertThat(debug.bytes()).isPositive();
    exchange.end(200);
    assertThat(debug.ended(exchange, false)).isZero();
    assertThat(debug.bytes()).isZero();
    assertThat(debug.droppedLines()).isZero();
    assertThat(lines.all()).isEmpty();
  }

  @Test
  void aResetOfLogbackTakesNothingAway() {
    LoggerContext own = new LoggerContext();
    DebugLines lasting = new DebugLines(own, service.identity(), List.of(), service.time());
    lasting.start();
    own.reset();
    own.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    Exchange exchange = service.begin("GET", "/a");
    try (Scope ignored = exchange.context().makeCurrent()) {
      assertThat(own.getLogger("com.acme").isDebugEnabled()).isTrue();
      lasting.stop();
      assertThat(own.getLogger("com.acme").isDebugEnabled()).isFalse();
      own.reset();
      assertThat(own.getTurboFilterList()).isEmpty();
    }
  }

  @Test
  void manyThreadsLoggingWhileTheirRequestEndsLoseNoMemory() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      Exchange exchange = service.begin("GET", "/a");
      boolean fails = round % 10 == 0;
      CountDownLatch begun = new CountDownLatch(3);
      for (int thread = 0; thread < 3; thread++) {
        int number = thread;
        all.add(pool.submit(exchange.context().wrap(() -> {
          for (int i = 0; i < 20; i++) {
            LOG.debug("{} {}", number, i);
            begun.countDown();
          }
        })));
      }
      all.add(pool.submit(() -> {
        await(begun);
        exchange.end(fails ? 500 : 200);
        debug.ended(exchange, fails);
      }));
    }
    for (Future<?> each : all) {
      each.get(30, TimeUnit.SECONDS);
    }
    pool.shutdown();
    assertThat(debug.bytes()).isZero();
    assertThat(lines.all()).isNotEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
