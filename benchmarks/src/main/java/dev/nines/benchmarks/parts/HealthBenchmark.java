package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.health.HealthEndpoints;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** {@code /ready} and {@code /health} from the snapshot, with few checks and many. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class HealthBenchmark {

  private static final EndpointRequest HEALTH = get("/health");
  private static final EndpointRequest READY = get("/ready");

  /** How many dependencies are checked. */
  @Param({"10", "1000"})
  public int checks;

  private Nines nines = start(0);

  private static EndpointRequest get(String path) {
    return new EndpointRequest("GET", path, Map.of(), Map.of("accept", "*/*"), false);
  }

  private static Nines start(int checks) {
    NinesBuilder builder = Nines.builder("benchmark")
        .targets(Promises.closingAtOnce())
        .install(HealthEndpoints.standard())
        .withoutShutdownHook();
    for (int i = 0; i < checks; i++) {
      builder.dependency(Dependency.optional("dependency-" + i, run -> CheckResult.healthy()));
    }
    return builder.start();
  }

  @Setup
  public void start() {
    nines.close();
    nines = start(checks);
  }

  @TearDown
  public void stop() {
    nines.close();
  }

  @Benchmark
  public EndpointResponse health() {
    return nines.endpoints().handle(HEALTH);
  }

  @Benchmark
  public EndpointResponse ready() {
    return nines.endpoints().handle(READY);
  }
}
