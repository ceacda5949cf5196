package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A scrape lets requests run between its parts, but comes to its end. */
class ScrapePaceTest {

  private static final int EMPTY_CALLS = 1_000;

  private long now;
  private int rests;
  private final ScrapePace pace = new ScrapePace(() -> now, nanos -> {
    rests++;
    now += nanos;
  });

  @Test
  void whatIsShortIsDoneWithoutARest() {
    for (int i = 0; i < EMPTY_CALLS; i++) {
      pace.rest();
    }
    works(Duration.ofNanos(99_000));

    assertThat(rests).isZero();
  }

  @Test
  void aScrapeRestsAfterEachBurstAndNotForWhatTheRestTook() {
    for (int i = 0; i < 10; i++) {
      works(Duration.ofNanos(50_000));
    }

    assertThat(rests).isEqualTo(5);
  }

  @Test
  void aScrapeThatLastsAlreadyRestsNoMore() {
    works(Duration.ofMillis(251));
    works(Duration.ofMillis(251));

    assertThat(rests).isZero();
  }

  @Test
  void aStreamPassesAllOnAndRestsBetweenItsPieces() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    OutputStream paced = pace.paced(all);
    byte[] piece = "piece".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3; i++) {
      now += Duration.ofMillis(1).toNanos();
      paced.write(piece, 1, 4);
    }

    assertThat(all.toString(StandardCharsets.US_ASCII)).isEqualTo("ieceieceiece");
    assertThat(rests).isEqualTo(3);
  }

  @Test
  void otherMetricsAreReadWithRestsBetweenThem() {
    OwnRegistry registry = new OwnRegistry();
    ExposedRegistry exposed = (ExposedRegistry) registry.getPrometheusRegistry();
    for (int i = 0; i < 7; i++) {
      Gauge.builder("slow." + i, this, ScrapePaceTest::slowly).register(registry);
    }

    assertThat(exposed.others(pace).size()).isEqualTo(7);
    assertThat(rests).as("one after each, or before each but the first").isBetween(6, 7);
  }

  private void works(Duration time) {
    now += time.toNanos();
    pace.rest();
  }

  private double slowly() {
    now += Duration.ofMillis(1).toNanos();
    return 1;
  }
}
