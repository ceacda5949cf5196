package dev.nines.benchmarks.parts;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.logging.JsonLogging;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An INFO line with four fields and two arguments, encoded and thrown away, redaction included. Ours is encoded by a writer's
 * thread for which the caller waits: bytes compare, times do not. What a caller pays with a writer behind it is in {@code SpeedComparisonTest} of logging, for a benchmark
 * that never stops would only measure full buffers.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class LogLineBenchmark {

  /** Who encodes. */
  public enum Encoder {
    /** Ours, with redaction. */
    NINES,
    /** logstash-logback-encoder's, with its defaults. */
    LOGSTASH
  }

  @Param({"NINES", "LOGSTASH"})
  public Encoder encoder = Encoder.NINES;

  private final Logger logger = LoggerFactory.getLogger("com.acme.orders.OrderService");
  private @Nullable Nines nines;
  private long number;

  @Setup
  public void start() {
    if (encoder == Encoder.NINES) {
      nines = Nines.builder("benchmark")
          .targets(Promises.closingAtOnce())
          .install(JsonLogging.to(OutputStream.nullOutputStream()).synchronous())
          .withoutShutdownHook()
          .start();
    } else {
      logstash((LoggerContext) LoggerFactory.getILoggerFactory());
    }
  }

  private static void logstash(LoggerContext context) {
    context.reset();
    LogstashEncoder json = new LogstashEncoder();
    json.setContext(context);
    json.start();
    OutputStreamAppender<ILoggingEvent> sink = new OutputStreamAppender<>();
    sink.setContext(context);
    sink.setEncoder(json);
    sink.setOutputStream(OutputStream.nullOutputStream());
    sink.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(sink);
  }

  @TearDown
  public void stop() {
    if (nines != null) {
      nines.close();
    }
  }

  @Benchmark
  public void line() {
    logger
        .atInfo()
        .addKeyValue("order_id", ++number)
        .addKeyValue("item", "book")
        .addKeyValue("cents", 1_999)
        .addKeyValue("paid", true)
        .log("Order {} was placed by {}", number, "somebody");
  }
}
