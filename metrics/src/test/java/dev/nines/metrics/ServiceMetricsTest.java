package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.meter.Counter;
import dev.nines.meter.Family;
import dev.nines.meter.Gauge;
import dev.nines.meter.Label;
import dev.nines.meter.Timer;
import dev.nines.meter.Unit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service's own metrics, as a scraper sees them. */
class ServiceMetricsTest {

  private final TestService service = new TestService(GoldenSignals.prometheus());

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void countersAndGaugesAreExposedUnderTheirFullNames() {
    Family<Counter> revenue = service
        .metrics()
        .counter("revenue", Unit.of("euros"), "What customers paid.")
        .by(Label.of("channel", "web", "app"));
    revenue.with("web").add(12.5);
    service.metrics().counter("orders_placed", Unit.COUNT, "Orders.").register().add(3);
    Gauge cache = service.metrics().gauge("cache_size", Unit.BYTES, "Size.").register();
    cache.follow(() -> 4096);
    Exposition exposed = Exposition.parse(service.scrape());

    assertThat(exposed.value("revenue_euros_total", "channel", "web")).isEqualTo(12.5);
    assertThat(exposed.value("revenue_euros_total", "channel", "app")).isZero();
    assertThat(exposed.types()).containsEntry("revenue_euros_total", "counter");
    assertThat(exposed.helps()).containsEntry("revenue_euros_total", "What customers paid.");
    assertThat(exposed.value("orders_placed_total")).isEqualTo(3);
    assertThat(exposed.value("cache_size_bytes")).isEqualTo(4096);
  }

  @Test
  void aTimerIsAHistogramOnTheServicesOwnBounds() {
    Timer picking = service.metrics().timer("order_picking", "Time to pick.").register();
    picking.record(Duration.ofMillis(150));
    Timer shipping = service
        .metrics()
        .timer("shipping", "Time to ship.", Duration.ofHours(1), Duration.ofDays(1))
        .by(Label.upTo("carrier", 3))
        .with("bike");
    shipping.record(Duration.ofHours(2));
    Exposition exposed = Exposition.parse(service.scrape());

    assertThat(exposed.types()).containsEntry("order_picking_seconds", "histogram");
    assertThat(exposed.value("order_picking_seconds_bucket", "le", "0.1")).isZero();
    assertThat(exposed.value("order_picking_seconds_bucket", "le", "0.2")).isEqualTo(1);
    assertThat(exposed.value("order_picking_seconds_sum")).isEqualTo(0.15);
    assertThat(exposed.value("shipping_seconds_bucket", "carrier", "bike", "le", "3600.0"))
        .isZero();
    assertThat(exposed.value("shipping_seconds_bucket", "carrier", "bike", "le", "86400.0"))
        .isEqualTo(1);
    assertThat(exposed.types().keySet())
        .as("the JVM's own apart, which come with a collection")
        .noneMatch(name -> name.endsWith("_max") && !name.startsWith("jvm_"));
  }

  @Test
  void theSumOfATimerNeverOverflows() {
    Timer voyage = service.metrics().timer("voyage", "Time under way.").register();
    for (int i = 0; i < 3; i++) {
      voyage.record(Duration.ofDays(365 * 200));
    }

    assertThat(Exposition.parse(service.scrape()).value("voyage_seconds_sum"))
        .isEqualTo(3.0 * Duration.ofDays(365 * 200).toSeconds());
  }

  @Test
  void aGaugeWhoseSourceThrowsIsNotANumberAndToldOnce() {
    service.metrics().gauge("depth", Unit.COUNT, "Depth.").register().follow(() -> {
      throw new IllegalStateException("closed");
    });
    service.scrape();

    assertThat(Exposition.parse(service.scrape()).value("depth")).isNaN();
    assertThat(service.events)
        .hasSize(1)
        .first()
        .hasFieldOrPropertyWithValue("type", "metric_failed");
  }

  @Test
  void recordingAllocatesNothing() {
    Timer timer = service.metrics().timer("picking", "Picking.").register();
    Counter counter = service.metrics().counter("orders", Unit.COUNT, "Orders.").register();
    record(timer, counter, 50_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 200_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    record(timer, counter, calls);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    // what remains are the exemplars' own attempts, some ten a second and series
    assertThat((double) bytes / calls).as("bytes per record").isLessThan(2);
  }

  private static void record(Timer timer, Counter counter, int calls) {
    for (int i = 0; i < calls; i++) {
      long begun = timer.begin();
      counter.increment();
      timer.end(begun);
    }
  }
}
