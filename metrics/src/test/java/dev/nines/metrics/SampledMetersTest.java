package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampledMetersTest {

  private final TestService service = new TestService(GoldenSignals.on(new SimpleMeterRegistry()));
  private final SampledMeters sampled = new SampledMeters(service, "test");
  private final MeterRegistry shown = new SimpleMeterRegistry();
  private final AtomicInteger readings = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    sampled.close();
    service.close();
  }

  @Test
  void aGaugeIsReadInTheBackgroundHoweverOftenItIsAskedFor() {
    Gauge.builder("files", readings::incrementAndGet)
        .description("Files.")
        .baseUnit("files")
        .tag("disk", "a")
        .register(sampled.source());
    sampled.showIn(shown);
    Gauge gauge = shown.get("files").tag("disk", "a").gauge();
    Awaitility.await().until(() -> gauge.value() == 1);

    for (int i = 0; i < 100; i++) {
      assertThat(gauge.value()).isEqualTo(1);
    }
    assertThat(readings).hasValue(1);
    assertThat(gauge.getId().getBaseUnit()).isEqualTo("files");
    assertThat(gauge.getId().getDescription()).isEqualTo("Files.");
  }

  @Test
  void aCounterIsShownAsOneAndStaysWhereItStoodWhenReadingsGrowOld() {
    FunctionCounter.builder("started", readings, AtomicInteger::incrementAndGet)
        .register(sampled.source());
    sampled.showIn(shown);
    FunctionCounter counter = shown.get("started").functionCounter();
    Awaitility.await().until(() -> counter.count() == 1);

    service.time.advance(service.settings().checks().interval().multipliedBy(4));
    assertThat(counter.count()).isEqualTo(1);
  }

  @Test
  void theNextServiceOnARegistryShowsItsOwn() throws Exception {
    try (TestService first = new TestService(GoldenSignals.on(shown))) {
      threads();
    }
    assertThat(shown.find("jvm.threads.live").meters()).isEmpty();
    try (TestService second = new TestService(GoldenSignals.on(shown))) {
      threads();
    }
  }

  private void threads() {
    Awaitility.await().until(() -> shown.get("jvm.threads.live").gauge().value() > 1);
  }
}
