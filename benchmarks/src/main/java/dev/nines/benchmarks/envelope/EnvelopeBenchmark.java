package dev.nines.benchmarks.envelope;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One request's envelope in each stack, without and with one JSON line, sampled and not. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class EnvelopeBenchmark {

  /** Which stack. */
  @Param({"NINES", "LEAN", "OBSERVATION", "FLOOR"})
  public Stack stack = Stack.NINES;

  /** Whether the caller's trace is sampled. */
  @Param({"false", "true"})
  public boolean sampled;

  /** Whether a JSON line is written. */
  @Param({"false", "true"})
  public boolean line;

  /** Whether the call sends the trace's header; Micrometer's stack always does. */
  @Param({"false", "true"})
  public boolean header;

  private Envelope envelope = new FloorEnvelope(false);
  private Incoming headers = Incoming.of(false);

  /** What one thread calls. */
  @State(Scope.Thread)
  public static class Caller {
    private Envelope.Handler handler = headers -> 0;

    @Setup(Level.Trial)
    public void connect(EnvelopeBenchmark benchmark) {
      handler = benchmark.envelope.handler(new Downstream(benchmark.header));
    }
  }

  /** As in a service, the threads that serve are not the one that starts it, and have no part of what it leaves with its thread. */
  @Setup(Level.Trial)
  public void start() {
    envelope = CompletableFuture.supplyAsync(
            () -> stack.start(line), starter -> new Thread(starter).start())
        .join();
    headers = Incoming.of(sampled);
  }

  @TearDown(Level.Trial)
  public void stop() {
    envelope.close();
  }

  @Benchmark
  public int request(Caller caller) throws Exception {
    return caller.handler.serve(headers);
  }
}
