package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayMarksTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualTime time = new ManualTime();
  private final ReplayMarks marks = new ReplayMarks(time);

  @Test
  void whatIsMissedCountsFromWhenItWasFirstSeenMissing() {
    assertThat(marks.missing(1, 100, 100)).isZero();
    time.advance(MINUTE);
    assertThat(marks.missing(1, 200, 100)).isZero();
    time.advance(MINUTE);
    assertThat(marks.missing(1, 900, 199)).isEqualTo(MINUTE);
    assertThat(marks.missing(2, 900, 100)).as("another standby").isZero();
  }

  @Test
  void aStandbyThatReplaysWhatWasMissedMissesOnlyWhatCameSince() {
    marks.missing(1, 200, 100);
    time.advance(MINUTE);

    assertThat(marks.missing(1, 900, 200)).isZero();
    time.advance(MINUTE);
    assertThat(marks.missing(1, 900, 200)).isEqualTo(MINUTE);
    assertThat(marks.missing(1, 900, 900)).isZero();
  }

  @Test
  void aStandbyThatIsGoneIsForgotten() {
    marks.missing(1, 200, 100);
    time.advance(MINUTE);
    marks.keep(List.of(2L));

    assertThat(marks.missing(1, 200, 100)).isZero();
  }

  @Test
  void whatIsReportedCountsWhileAnythingIsMissing() {
    Duration reported = Duration.ofSeconds(3);

    assertThat(new Standby(1, "streaming", reported, 200, 200).lag(marks)).isZero();
    assertThat(new Standby(1, "streaming", reported, 200, 100).lag(marks)).isEqualTo(reported);
    time.advance(MINUTE);
    assertThat(new Standby(1, "streaming", reported, 200, 100).lag(marks)).isEqualTo(MINUTE);
  }
}
