package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.derive.CheckTimings;
import dev.nines.health.Flapping.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlappingTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Flapping flapping = new Flapping(WINDOW);
  private long now =
      Long.MAX_VALUE - WINDOW.toNanos(); // the clock's origin is arbitrary, and it may wrap

  @Test
  void sixChangesWithinTheWindowAreFlappingAndToldOnce() {
    for (int i = 1; i < CheckTimings.FLAPPING_CHANGES; i++) {
      assertThat(changeAfter(10)).isEqualTo(Turn.NONE);
    }
    assertThat(changeAfter(10)).isEqualTo(Turn.BEGAN);
    assertThat(flapping.changes()).isEqualTo(6);
    assertThat(flapping.lasted()).isEqualTo(Duration.ofSeconds(50));
    assertThat(changeAfter(10)).isEqualTo(Turn.NONE);
    assertThat(flapping.active()).isTrue();
  }

  @Test
  void threeOutagesInAnHourAreNoFlapping() {
    for (int i = 0; i < 20; i++) {
      assertThat(changeAfter(61)).isEqualTo(Turn.NONE);
    }
  }

  @Test
  void itEndsWhenTheWindowHoldsLessThanTwoChanges() {
    flap();
    changeAfter(200);
    now += Duration.ofSeconds(100).toNanos();
    assertThat(flapping.look(now)).isEqualTo(Turn.NONE);

    now += 1;
    assertThat(flapping.look(now)).isEqualTo(Turn.ENDED);
    assertThat(flapping.changes()).isEqualTo(7);
    assertThat(flapping.lasted()).isEqualTo(Duration.ofSeconds(250));
    assertThat(flapping.look(now)).isEqualTo(Turn.NONE);
  }

  @Test
  void itCanBeginAgain() {
    flap();
    now += WINDOW.multipliedBy(2).toNanos();
    assertThat(flapping.look(now)).isEqualTo(Turn.ENDED);

    flap();
    assertThat(flapping.active()).isTrue();
    assertThat(flapping.changes()).isEqualTo(6);
  }

  private void flap() {
    for (int i = 0; i < CheckTimings.FLAPPING_CHANGES; i++) {
      changeAfter(10);
    }
  }

  private Turn changeAfter(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    return flapping.changed(now);
  }
}
