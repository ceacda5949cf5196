package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a guarded call allocates on a closed breaker, its client span included, in a request that is not sampled. */
class CallCostTest {

  private static final int CALLS = 200_000;
  private static final int ROUNDS = 100;

  /** A trace of what else goes on in the JVM is left to it. */
  private static final double MOST = 56.5;

  private static final Dependency PAYMENTS = Dependency.optional("payments");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** It stands still: how long a busy machine lets a thread wait is not the question here. */
  private final ManualTime time = new ManualTime();

  private final ServiceIdentity identity = new ServiceIdentity("orders", "1.0", "test", "orders-1");
  private final Tracing tracing =
      Tracing.fromEnvironment(identity, Map.of("OTEL_TRACES_SAMPLER", "always_off"), time);
  private final Dependencies dependencies = Dependencies.of(
      List.of(PAYMENTS),
      TestGuard.derive(TestGuard.targets(), PAYMENTS),
      () -> BudgetState.NORMAL,
      time,
      tracing,
      new EventBus(),
      new Instruments());
  private final Guard guard = dependencies.guard("payments");
  private final Exchange exchange = request();

  @AfterEach
  void close() {
    dependencies.close();
    tracing.close();
  }

  /** In a JVM of its own: the tests of this one use another storage of contexts, and have spoilt the compiler's profiles. */
  @Test
  void aCallAndItsSpanAreOneObjectOfFiftySixBytes() throws Exception {
    Process probe = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dio.opentelemetry.context.contextStorageProvider=default",
            "-cp",
            System.getProperty("java.class.path"),
            CallCostTest.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(probe.waitFor()).as(said).isZero();
    assertThat(Double.parseDouble(said.strip())).isBetween(1.0, MOST);
  }

  /** Writes what a call allocates, in bytes. */
  public static void main(String[] arguments) {
    CallCostTest it = new CallCostTest();
    try (Scope current = it.exchange.context().makeCurrent()) {
      System.out.println(it.bytesOfACall());
    }
    it.close();
  }

  /** Until the compiler has done what it can, which a busy machine does late. */
  private double bytesOfACall() {
    double bytes = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && bytes > MOST; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        guard.call(() -> "answer");
      }
      bytes = (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
    return bytes;
  }

  @Test
  void sixtyFourThreadsAllocateNoMoreForACallAndEachIsCounted() throws Exception {
    int threads = 64;
    int calls = 20_000;
    long before = guard.count(CallOutcome.SUCCESS);
    LongAdder bytes = new LongAdder();
    Stress.onThreads(threads, () -> {
      try (Scope current = exchange.context().makeCurrent()) {
        long begun = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
          guard.call(() -> "answer");
        }
        bytes.add(THREADS.getCurrentThreadAllocatedBytes() - begun);
      }
    });
    assertThat(guard.count(CallOutcome.SUCCESS) - before).isEqualTo((long) threads * calls);
    assertThat((double) bytes.sum() / threads / calls)
        .as("some are compiled only after a while")
        .isLessThanOrEqualTo(200);
    assertThat(guard.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void theCallsSpanIsOfItsRequestsTraceAndHasAnIdOfItsOwn() {
    try (Scope current = exchange.context().makeCurrent()) {
      Span own = guard.call(Span::current);
      Span server = exchange.span();
      assertThat(own.getSpanContext().getTraceId())
          .isEqualTo(server.getSpanContext().getTraceId());
      assertThat(own.getSpanContext().getSpanId())
          .isNotEqualTo(server.getSpanContext().getSpanId());
      assertThat(own.isRecording()).isFalse();
      assertThat(Context.current()).isSameAs(exchange.context());
    }
  }

  private Exchange request() {
    RouteTable routes = new RouteTable(ReliabilityTargets.threeNines());
    Requests requests = new Requests(identity, time, tracing, routes, List.of());
    return requests.begin(HttpMethod.GET, routes.route("/orders"), Map.of(), GETTER);
  }

  private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {

    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  };
}
