package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Encoding;
import dev.nines.benchmarks.Promises;
import dev.nines.logging.JsonEncoder;
import dev.nines.logging.JsonLogging;
import java.util.Objects;
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
 * An INFO line with four fields and two arguments, encoded by the thread that logs and thrown away, redaction included. What a
 * caller pays with a writer's thread behind it is in {@code SpeedComparisonTest} of logging, for a benchmark that never stops
 * would only measure full buffers.
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
  private @Nullable Encoding encoding;
  private @Nullable Nines nines;
  private long number;

  @Setup
  public void start() {
    if (encoder == Encoder.NINES) {
      encoding = Encoding.by(new JsonEncoder());
      nines = Nines.builder("benchmark")
          .targets(Promises.closingAtOnce())
          .install(JsonLogging.toStdout())
          .withoutShutdownHook()
          .start();
    } else {
      encoding = Encoding.by(new LogstashEncoder());
    }
  }

  @TearDown
  public void stop() {
    if (nines != null) {
      nines.close();
    }
    Objects.requireNonNull(encoding).close();
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
