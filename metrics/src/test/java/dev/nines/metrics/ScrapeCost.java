package dev.nines.metrics;

import com.sun.management.ThreadMXBean;
import dev.nines.derive.Settings;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.Renderer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a scrape of {@code /metrics} costs beside one of Micrometer's own registry with the same meters: processor time and
 * bytes allocated, as ratios of medians of rounds that take turns.
 *
 * <pre>{@code
 * mvn -q -pl metrics -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * (cd metrics && java -cp target/test-classes:target/classes:$(cat target/classpath) dev.nines.metrics.ScrapeCost)
 * }</pre>
 */
final class ScrapeCost {

  private static final List<Duration> BOUNDS =
      Settings.derive(ReliabilityTargets.threeNines()).latencyBounds();
  private static final int ROUNDS = 30;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Medians of one scrape. */
  private record Cost(double micros, double bytes) {}

  private ScrapeCost() {}

  /** Prints a line for each number of series. */
  public static void main(String[] args) {
    System.out.println("series  ours µs    theirs µs  ratio  ours B      theirs B    ratio");
    for (int series : new int[] {10, 1_000, 10_000}) {
      OwnRegistry own = new OwnRegistry();
      PrometheusMeterRegistry plain = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      fill(own, series);
      fill(plain, series);
      MetricsEndpoint endpoint = new MetricsEndpoint(own);
      EndpointRequest request = new EndpointRequest("GET", "/metrics", Map.of(), Map.of(), false);
      Cost[] costs = compare(() -> endpoint.handle(request), plain::scrape, 2_000_000 / series);
      System.out.printf(
          "%6d %10.1f %10.1f %6.2f %11.0f %11.0f %6.2f%n",
          series,
          costs[0].micros,
          costs[1].micros,
          costs[0].micros / costs[1].micros,
          costs[0].bytes,
          costs[1].bytes,
          costs[0].bytes / costs[1].bytes);
    }
  }

  /** As the features register theirs. Seven in ten series are of histograms, as in a service; the rest are single ones. */
  static void fill(MeterRegistry registry, int series) {
    FilteredMeters filtered = new FilteredMeters(registry);
    SeriesBudget budget = new SeriesBudget(registry, SeriesBudget.MOST);
    DurationTimers timers = new DurationTimers(registry, budget, filtered);
    Renderer meters = new InstrumentMeters(registry, budget, timers, filtered, new EventBus());
    Random random = new Random(9);
    int histograms = series * 7 / 10 / SeriesCount.ofHistogram(BOUNDS.size());
    for (int i = 0; i < histograms; i++) {
      Timer timer = timers.timer(
          Metrics.SERVER_DURATION, BOUNDS, "GET", "/orders/" + i / 4 + "/{id}", "20" + i % 4, "");
      for (int j = 0; j < 300; j++) {
        timer.record(Duration.ofMillis(random.nextInt(1_000)));
      }
    }
    for (int i = 0; i < series - histograms * SeriesCount.ofHistogram(BOUNDS.size()); i++) {
      double value = i % 4 == 0 ? random.nextDouble() : random.nextInt(1_000_000);
      meters.render(
          i % 2 == 0
              ? new Instrument(Metrics.SATURATION, List.of("executor:" + i), () -> value)
              : new Instrument(Metrics.CALLS, List.of("service-" + i, "success"), () -> value));
    }
  }

  private static Cost[] compare(Runnable ours, Runnable theirs, int times) {
    Cost[] a = new Cost[ROUNDS];
    Cost[] b = new Cost[ROUNDS];
    for (int round = -ROUNDS; round < ROUNDS; round++) { // the first half warms up
      Cost one = cost(ours, Math.max(3, times / 50));
      Cost other = cost(theirs, Math.max(3, times / 50));
      if (round >= 0) {
        a[round] = one;
        b[round] = other;
      }
    }
    return new Cost[] {median(a), median(b)};
  }

  private static Cost cost(Runnable scrape, int times) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      scrape.run();
    }
    return new Cost(
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / times,
        (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes) / times);
  }

  private static Cost median(Cost... costs) {
    return new Cost(
        Arrays.stream(costs).mapToDouble(Cost::micros).sorted().toArray()[costs.length / 2],
        Arrays.stream(costs).mapToDouble(Cost::bytes).sorted().toArray()[costs.length / 2]);
  }
}
