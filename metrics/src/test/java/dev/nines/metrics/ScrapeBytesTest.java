package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.endpoint.EndpointRequest;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a scrape allocates is told apart from what it costs in time, for it is the same on every machine. */
class ScrapeBytesTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 40;

  @Test
  void aScrapeAllocatesInProportionToItsSeries() {
    double ten = bytesOfAScrape(10);
    double thousand = bytesOfAScrape(1_000);
    double tenThousand = bytesOfAScrape(10_000);

    double further = (tenThousand - thousand) / 9_000;
    assertThat(further).as("bytes of each series beyond 1,000").isBetween(1.0, 1_000.0);
    assertThat((thousand - ten) / 990)
        .as("bytes of each series up to 1,000, beside %s", further)
        .isBetween(0.7 * further, 1.4 * further);
  }

  private static double bytesOfAScrape(int series) {
    OwnRegistry registry = new OwnRegistry();
    ScrapeCost.fill(registry, series);
    MetricsEndpoint endpoint = new MetricsEndpoint(registry);
    EndpointRequest request = new EndpointRequest("GET", "/metrics", Map.of(), Map.of(), false);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      endpoint.handle(request);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
