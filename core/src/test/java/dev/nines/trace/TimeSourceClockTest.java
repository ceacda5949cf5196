package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.time.TimeSource;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeSourceClockTest {

  private static final long MILLI = 1_000_000;
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00.000000007Z");
  private static final long NOON_NANOS = NOON.getEpochSecond() * 1_000_000_000 + 7;

  /** Whose hands are turned one without the other, as when a machine's clock is set. */
  private static final class TwoHands implements TimeSource {
    private long nanos = -5;
    private Instant now = NOON;
    private int looks;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant now() {
      looks++;
      return now;
    }
  }

  private final TwoHands time = new TwoHands();
  private final TimeSourceClock clock = new TimeSourceClock(time);

  @Test
  void itTellsTheWallClocksDate() {
    assertThat(clock.now()).isEqualTo(NOON_NANOS);
    assertThat(clock.nanoTime()).isEqualTo(-5);
  }

  @Test
  void forTenMillisecondsTheMonotonicHandTellsTheDate() {
    clock.now();
    time.now = NOON.plusSeconds(3600);
    time.nanos += 10 * MILLI - 1;

    assertThat(clock.now()).isEqualTo(NOON_NANOS + 10 * MILLI - 1);
    assertThat(clock.epochNanos(time.nanos - MILLI)).isEqualTo(NOON_NANOS + 9 * MILLI - 1);
    assertThat(time.looks).isEqualTo(1);
  }

  @Test
  void afterwardsItFollowsAClockThatWasSet() {
    clock.now();
    time.now = NOON.plusSeconds(3600);
    time.nanos += 10 * MILLI;

    assertThat(clock.now()).isEqualTo(NOON_NANOS + 3600L * 1000 * MILLI);
    assertThat(time.looks).isEqualTo(2);
  }

  @Test
  void whatBeganBeforeTheClockWasReadHasADateBeforeIt() {
    clock.now();

    assertThat(clock.epochNanos(time.nanos - 50 * MILLI)).isEqualTo(NOON_NANOS - 50 * MILLI);
  }
}
