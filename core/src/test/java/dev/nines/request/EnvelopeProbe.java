package dev.nines.request;

import com.sun.management.ThreadMXBean;
import dev.nines.budget.ErrorBudget;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves requests whose caller says "unsampled", in a JVM without test libraries, and prints the bytes of one. */
final class EnvelopeProbe {

  private static final int REQUESTS = 200_000;
  private static final List<String> TRACEPARENT =
      List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

  /** Hands out one iterator again and again, so that only our own bytes count. */
  private static final class Caller implements TextMapGetter<String>, Iterator<String> {

    private boolean more;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return null;
    }

    @Override
    public Iterator<String> getAll(@Nullable String carrier, String key) {
      more = key.equals("traceparent");
      return more ? this : Collections.emptyIterator();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public String next() {
      more = false;
      return TRACEPARENT.get(0);
    }
  }

  private EnvelopeProbe() {}

  public static void main(String[] arguments) {
    ReliabilityTargets targets = ReliabilityTargets.threeNines();
    ServiceIdentity shop = new ServiceIdentity("shop", "1", "test", "one");
    Map<String, String> exporting = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1");
    Tracing tracing = Tracing.fromEnvironment(shop, exporting, TimeSource.system());
    RouteTable routes = new RouteTable(targets);
    ErrorBudget budget = new ErrorBudget(Settings.derive(targets), TimeSource.system());
    Requests requests = new Requests(shop, TimeSource.system(), tracing, routes, List.of(budget));
    Route route = routes.route("/orders/{id}");
    Caller caller = new Caller();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < REQUESTS; i++) {
        serve(requests, route, caller);
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, (after - before) / REQUESTS);
    }
    System.out.println(least);
  }

  private static void serve(Requests requests, Route route, Caller caller) {
    Exchange exchange = requests.begin(HttpMethod.GET, route, "", caller);
    try (Scope current = exchange.context().makeCurrent()) {
      exchange.end(Exchange.current() == exchange ? 200 : 500);
    }
  }
}
