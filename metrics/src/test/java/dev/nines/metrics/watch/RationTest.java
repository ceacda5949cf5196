package dev.nines.metrics.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RationTest {

  private final ManualTime time = new ManualTime();
  private final Ration ration = new Ration(2, Duration.ofMinutes(1), time);

  @Test
  void whatIsTooMuchIsRefusedAndCountedInTheNextThatIsNot() {
    assertThat(ration.take()).isZero();
    assertThat(ration.take()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(ration.take()).isNegative();
    }

    time.advance(Duration.ofMinutes(1));
    assertThat(ration.take()).isEqualTo(5);
    assertThat(ration.take()).isZero();
    assertThat(ration.take()).isNegative();
  }

  @Test
  void aRestIsNotSavedUp() {
    time.advance(Duration.ofHours(1));
    ration.take();
    ration.take();

    assertThat(ration.take()).isNegative();
  }
}
