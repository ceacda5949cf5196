package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** Reads the trace context of a request: our propagator beside OpenTelemetry's. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class TraceparentBenchmark {

  private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }

    @Override
    public java.util.Iterator<String> getAll(@Nullable Map<String, String> carrier, String key) {
      String value = get(carrier, key);
      return value == null
          ? java.util.Collections.emptyIterator()
          : List.of(value).iterator();
    }
  };

  /** With three members of {@code tracestate}, or without. */
  @Param({"false", "true"})
  public boolean tracestate;

  private Nines nines = start();
  private TextMapPropagator ours = nines.openTelemetry().getPropagators().getTextMapPropagator();
  private Map<String, String> headers = Map.of();

  private static Nines start() {
    return Nines.builder("benchmark")
        .targets(Promises.closingAtOnce())
        .withoutShutdownHook()
        .start();
  }

  @Setup
  public void headers() {
    String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    headers = tracestate
        ? Map.of("traceparent", parent, "tracestate", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7,a=b")
        : Map.of("traceparent", parent);
  }

  @TearDown
  public void stop() {
    nines.close();
  }

  @Benchmark
  public Context nines() {
    return ours.extract(Context.root(), headers, GETTER);
  }

  @Benchmark
  public Context openTelemetry() {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER);
  }
}
