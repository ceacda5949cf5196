package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.sun.management.ThreadMXBean;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.encoder.LogstashEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/**
 * What an INFO event with four fields and two arguments costs here and with logstash-logback-encoder's plain encoder, in one
 * run with interleaved rounds: the calling thread's time and bytes with our appender and with the other encoder behind
 * Logback's AsyncAppender, and the encoding itself. The times are this thread's own on the processor, and only their ratio is
 * judged, so that neighbours on the machine slow both sides alike.
 */
@Tag("soak")
class SpeedComparisonTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 160;
  private static final int BURSTS = 50;

  /** Below the queue of AsyncAppender, which would drop INFO when it is nearly full. */
  private static final int BURST = 150;

  private final TestLogback ours = new TestLogback(OutputStream.nullOutputStream());
  private final LoggerContext theirs = new LoggerContext();
  private final AtomicLong written = new AtomicLong();
  private final LogstashEncoder encoder = new LogstashEncoder();
  private final AsyncAppender async = new AsyncAppender();
  private long logged;

  SpeedComparisonTest() {
    theirs.setMDCAdapter(new LogbackMDCAdapter());
    encoder.setContext(theirs);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> sink = new OutputStreamAppender<>();
    sink.setContext(theirs);
    sink.setEncoder(encoder);
    sink.setOutputStream(new OutputStream() {
      @Override
      public void write(int b) {
        written.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        written.incrementAndGet();
      }
    });
    sink.start();
    async.setContext(theirs);
    async.addAppender(sink);
    async.start();
    theirs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(async);
  }

  @AfterEach
  void stop() {
    ours.close();
    async.stop();
  }

  @Test
  void theCallerPaysNoMoreThanBehindAsyncAppender() {
    compareCalls("pairs", SpeedComparisonTest::withPairs);
  }

  @Test
  void theCallerPaysNoMoreForStructuredArguments() {
    compareCalls("structured arguments", SpeedComparisonTest::withStructuredArguments);
  }

  @Test
  void encodingTakesHardlyMore() {
    JsonEncoder own = new JsonEncoder();
    own.setContext(ours.context);
    own.start();
    Cost[] costs = compare(
        number -> own.encode(event(number)),
        number -> encoder.encode(event(number)),
        () -> {},
        () -> {});
    print("encoding", costs);
    assertThat(costs[0].nanos).isLessThanOrEqualTo(1.3 * costs[1].nanos);
    assertThat((double) costs[0].bytes).isLessThanOrEqualTo(1.3 * costs[1].bytes);
  }

  private void compareCalls(String name, Consumer<Call> log) {
    Logger our = ours.logger("com.acme.orders.OrderService");
    Logger their = theirs.getLogger("com.acme.orders.OrderService");
    Cost[] costs = compare(
        number -> log.accept(new Call(our, number)),
        number -> {
          logged++;
          log.accept(new Call(their, number));
        },
        ours.setup()::flush,
        () -> {
          while (written.get() < logged) {
            LockSupport.parkNanos(100_000);
          }
        });
    print(name, costs);
    assertThat(ours.setup().droppedLines()).isZero();
    assertThat(costs[0].nanos).isLessThanOrEqualTo(costs[1].nanos);
    assertThat(costs[0].bytes).isLessThanOrEqualTo(costs[1].bytes);
  }

  record Call(Logger log, int number) {}

  private static void withPairs(Call call) {
    call.log
        .atInfo()
        .addKeyValue("order_id", "ord-" + 1234)
        .addKeyValue("customer", "acme")
        .addKeyValue("items", 3)
        .addKeyValue("total", 129.90)
        .log("order {} taken in {} ms", "7f3b", 12);
  }

  private static void withStructuredArguments(Call call) {
    call.log.info(
        "order {} taken in {} ms",
        "7f3b",
        12,
        StructuredArguments.kv("order_id", "ord-1234"),
        StructuredArguments.kv("customer", "acme"),
        StructuredArguments.kv("items", 3),
        StructuredArguments.kv("total", 129.90));
  }

  private LoggingEvent event(int number) {
    LoggingEvent event = new LoggingEvent(
        "x",
        ours.logger("com.acme.orders.OrderService"),
        Level.INFO,
        "order {} taken in {} ms",
        null,
        new Object[] {"7f3b", number});
    event.addKeyValuePair(new KeyValuePair("order_id", "ord-1234"));
    event.addKeyValuePair(new KeyValuePair("customer", "acme"));
    event.addKeyValuePair(new KeyValuePair("items", 3));
    event.addKeyValuePair(new KeyValuePair("total", 129.90));
    return event;
  }

  /** Returns the cost of one event, ours and theirs: medians of the last rounds, the others being for the compiler. */
  private static Cost[] compare(
      IntConsumer our, IntConsumer their, Runnable ourRest, Runnable theirRest) {
    Cost[][] rounds = new Cost[2][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rounds[0][round] = round(our, ourRest);
      rounds[1][round] = round(their, theirRest);
    }
    return new Cost[] {median(rounds[0]), median(rounds[1])};
  }

  private static Cost round(IntConsumer log, Runnable rest) {
    long nanos = 0;
    long bytes = 0;
    for (int burst = 0; burst < BURSTS; burst++) {
      long nanosBefore = THREADS.getCurrentThreadCpuTime();
      long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      for (int number = 0; number < BURST; number++) {
        log.accept(number);
      }
      bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
      nanos += THREADS.getCurrentThreadCpuTime() - nanosBefore;
      rest.run();
    }
    return new Cost(nanos / (double) (BURSTS * BURST), bytes / (BURSTS * BURST));
  }

  private static Cost median(Cost[] rounds) {
    Cost[] last = Arrays.copyOfRange(rounds, ROUNDS * 3 / 4, ROUNDS);
    double nanos = Arrays.stream(last).mapToDouble(Cost::nanos).sorted().toArray()[last.length / 2];
    long bytes = Arrays.stream(last).mapToLong(Cost::bytes).sorted().toArray()[last.length / 2];
    return new Cost(nanos, bytes);
  }

  record Cost(double nanos, long bytes) {}

  private static void print(String what, Cost[] costs) {
    System.err.printf(
        "%s: %.0f ns and %d B, plain LogstashEncoder %.0f ns and %d B: %.2f x the time, %.2f x the bytes%n",
        what,
        costs[0].nanos,
        costs[0].bytes,
        costs[1].nanos,
        costs[1].bytes,
        costs[0].nanos / costs[1].nanos,
        costs[0].bytes / (double) costs[1].bytes);
  }
}
