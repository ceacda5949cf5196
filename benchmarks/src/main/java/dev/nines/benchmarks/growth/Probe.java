package dev.nines.benchmarks.growth;

import com.sun.management.OperatingSystemMXBean;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.health.HealthEndpoints;
import dev.nines.metrics.GoldenSignals;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.Route;
import io.opentelemetry.context.Scope;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One point of a curve, in a JVM of its own: {@code KIND COUNT}. Prints it as a line. */
final class Probe {

  private static final int WARM_UP = 300_000;
  private static final int REQUESTS = 300_000;
  private static final EndpointRequest METRICS =
      new EndpointRequest("GET", "/metrics", Map.of(), Map.of("accept", "text/plain"), true);

  private final Growing growing;
  private final int count;
  private final Nines nines;
  private final Requests requests;
  private final Route[] routes;
  private final Guard[] guards;
  private final double startMillis;

  private Probe(Growing growing, int count) {
    this.growing = growing;
    this.count = count;
    long begin = System.nanoTime();
    this.nines = start(growing, count);
    this.startMillis = (System.nanoTime() - begin) / 1e6;
    this.requests = nines.http().requests();
    this.routes = IntStream.range(0, growing == Growing.ROUTES ? count : 1)
        .mapToObj(i -> requests.routes().route("/resource" + i + "/{id}"))
        .toArray(Route[]::new);
    this.guards = IntStream.range(0, growing == Growing.DEPENDENCIES ? count : 1)
        .mapToObj(i -> nines.guard("dependency-" + i))
        .toArray(Guard[]::new);
  }

  private static Nines start(Growing growing, int count) {
    HealthEndpoints health = HealthEndpoints.standard();
    NinesBuilder builder = Nines.builder("growth")
        .targets(Promises.closingAtOnce())
        .install(GoldenSignals.prometheus())
        .install(health)
        .withoutShutdownHook();
    for (int i = 0; i < (growing == Growing.DEPENDENCIES ? count : 1); i++) {
      builder.dependency(Dependency.optional("dependency-" + i));
    }
    for (int i = 0; i < (growing == Growing.CHECKS ? count : 0); i++) {
      health.check("check-" + i, run -> CheckResult.healthy());
    }
    return builder.start();
  }

  public static void main(String[] args) throws Exception {
    Probe probe = new Probe(Growing.valueOf(args[0]), Integer.parseInt(args[1]));
    System.out.println(probe.measure().line());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private Point measure() throws InterruptedException {
    spread(WARM_UP);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long bytes = spread(REQUESTS);
    double nanos = (double) (system.getProcessCpuTime() - cpu) / REQUESTS;
    long series = new String(nines.endpoints().handle(METRICS).body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .count();
    return new Point(count, startMillis, heap(), series, nanos, (double) bytes / REQUESTS);
  }

  private static double heap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0;
  }

  /** Serves that many requests by as many threads as there are to be; returns the bytes that these have allocated. */
  private long spread(int total) throws InterruptedException {
    boolean threads = growing == Growing.THREADS || growing == Growing.VIRTUAL_THREADS;
    int workers = threads ? count : 1;
    AtomicLong bytes = new AtomicLong();
    CountDownLatch done = new CountDownLatch(workers);
    for (int w = 0; w < workers; w++) {
      int first = w;
      Workers.start(growing == Growing.VIRTUAL_THREADS, () -> {
        bytes.addAndGet(Workers.allocatedBy(() -> serve(first, total / workers)));
        done.countDown();
      });
    }
    done.await();
    return bytes.get();
  }

  private void serve(int first, int requestCount) {
    for (int i = first; i < first + requestCount; i++) {
      Exchange exchange =
          requests.begin(HttpMethod.GET, routes[i % routes.length], "", NoHeaders.GETTER);
      try (Scope current = exchange.context().makeCurrent()) {
        exchange.end(guards[i % guards.length].call(() -> 200));
      }
    }
  }
}
