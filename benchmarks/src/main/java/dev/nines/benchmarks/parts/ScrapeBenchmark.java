package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.meter.Label;
import dev.nines.meter.Unit;
import dev.nines.metrics.GoldenSignals;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** What {@code /metrics} writes: so many counters of a service's own, beside the same in Micrometer's registry. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ScrapeBenchmark {

  private static final String TEXT = "text/plain";
  private static final int VALUES = 100;

  /** Who writes. */
  public enum Writer {
    /** Ours, beside its own 300 series. */
    NINES,
    /** Micrometer's registry for Prometheus. */
    MICROMETER
  }

  @Param({"NINES", "MICROMETER"})
  public Writer writer = Writer.NINES;

  @Param({"100", "1000", "9600"})
  public int series;

  private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable Nines nines;

  @Setup
  public void fill() {
    String[] values = IntStream.range(0, VALUES).mapToObj(i -> "v" + i).toArray(String[]::new);
    if (writer == Writer.NINES) {
      GoldenSignals signals = GoldenSignals.prometheus();
      nines = Nines.builder("benchmark")
          .targets(Promises.closingAtOnce())
          .install(signals)
          .withoutShutdownHook()
          .start();
      for (int family = 0; family < series / VALUES; family++) {
        nines
            .metrics()
            .counter("orders_" + family, Unit.COUNT, "Orders.")
            .by(Label.of("shop", values));
      }
      registry = (PrometheusMeterRegistry) signals.registry();
    } else {
      for (int family = 0; family < series / VALUES; family++) {
        for (String value : values) {
          registry.counter("orders_" + family, "shop", value);
        }
      }
    }
  }

  @TearDown
  public void stop() {
    if (nines != null) {
      nines.close();
    }
    registry.close();
  }

  @Benchmark
  public void scrape() throws IOException {
    registry.scrape(OutputStream.nullOutputStream(), TEXT);
  }
}
