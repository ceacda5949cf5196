package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.meter.Counter;
import dev.nines.meter.Timer;
import dev.nines.meter.Unit;
import dev.nines.metrics.GoldenSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A record: into a handle of ours, into a cached timer of Micrometer's, and into one looked up by its tags. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class MeterBenchmark {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(500)
  };

  private static final Duration TAKEN = Duration.ofNanos(1_234_567);

  private final Nines nines = Nines.builder("benchmark")
      .targets(Promises.closingAtOnce())
      .install(GoldenSignals.prometheus())
      .withoutShutdownHook()
      .start();
  private final Counter counter = nines
      .metrics()
      .counter("orders_placed", Unit.COUNT, "Orders that were placed.")
      .register();
  private final Timer timer =
      nines.metrics().timer("order_duration", "How long an order takes.").register();
  private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final io.micrometer.core.instrument.Timer cached = lookUp("GET", "/orders", "200");

  private io.micrometer.core.instrument.Timer lookUp(String method, String route, String status) {
    return io.micrometer.core.instrument.Timer.builder("order.duration")
        .tags("method", method, "route", route, "status", status)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  @TearDown
  public void stop() {
    nines.close();
    registry.close();
  }

  @Benchmark
  public void ninesCounter() {
    counter.increment();
  }

  @Benchmark
  public void ninesTimer() {
    timer.record(TAKEN);
  }

  @Benchmark
  public void cachedTimer() {
    cached.record(1_234_567, TimeUnit.NANOSECONDS);
  }

  @Benchmark
  public void lookedUpTimer() {
    lookUp("GET", "/orders", "200").record(1_234_567, TimeUnit.NANOSECONDS);
  }
}
