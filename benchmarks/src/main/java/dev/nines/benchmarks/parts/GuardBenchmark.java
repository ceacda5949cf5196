package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
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

/**
 * A guarded call outside any request: breaker, deadline, client span and counts, beside resilience4j's breaker alone, with
 * its window that takes a lock and its window that doesn't.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class GuardBenchmark {

  private final Nines nines = Nines.builder("benchmark")
      .targets(Promises.closingAtOnce())
      .dependency(Dependency.optional("payments"))
      .withoutShutdownHook()
      .start();
  private final Guard guard = nines.guard("payments");
  private final CircuitBreaker locked =
      breaker(CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED);
  private final CircuitBreaker lockFree =
      breaker(CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE);

  private static CircuitBreaker breaker(
      CircuitBreakerConfig.SlidingWindowSynchronizationStrategy strategy) {
    return CircuitBreaker.of(
        "payments",
        CircuitBreakerConfig.custom()
            .slidingWindow(10, 100, CircuitBreakerConfig.SlidingWindowType.TIME_BASED, strategy)
            .build());
  }

  @TearDown
  public void stop() {
    nines.close();
  }

  @Benchmark
  public int nines() {
    return guard.call(() -> 200);
  }

  @Benchmark
  public int resilience4jLocked() throws Exception {
    return locked.executeCallable(() -> 200);
  }

  @Benchmark
  public int resilience4jLockFree() throws Exception {
    return lockFree.executeCallable(() -> 200);
  }
}
