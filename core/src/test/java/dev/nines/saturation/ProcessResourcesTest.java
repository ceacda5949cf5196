package dev.nines.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.testing.ManualTime;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessResourcesTest {

  private final ManualTime time = new ManualTime();
  private final AtomicLong pausedMillis = new AtomicLong();

  @Test
  void theHeapIsWhatACollectionLeft() {
    Saturation saturation = Saturation.system(TimeSource.system());

    Awaitility.await().untilAsserted(() -> {
      System.gc();
      Usage heap = saturation.heap().orElseThrow();
      assertThat(heap.used()).isBetween(1.0, heap.limit());
      assertThat(heap.limit()).isEqualTo(Runtime.getRuntime().maxMemory());
    });
  }

  @Test
  void pausesAreAShareOfTheTimeSinceTheLastReading() {
    PauseMeter meter = new PauseMeter(pausedMillis::get, time);
    assertThat(meter.usage()).isEmpty();

    time.advance(Duration.ofSeconds(4));
    pausedMillis.set(100);
    assertThat(meter.usage().orElseThrow().share()).isCloseTo(0.025, within(1e-9));

    time.advance(Duration.ofMillis(999));
    pausedMillis.set(900);
    assertThat(meter.usage().orElseThrow().share()).isCloseTo(0.025, within(1e-9));

    time.advance(Duration.ofMillis(1));
    assertThat(meter.usage().orElseThrow().share()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void thisProcessHasFilesAndThreads() {
    Saturation saturation = Saturation.system(TimeSource.system());

    assertThat(saturation.fileDescriptors().orElseThrow().share()).isBetween(0.0, 1.0);
    assertThat(saturation.threads().orElseThrow().share()).isBetween(0.0, 1.0);
  }
}
