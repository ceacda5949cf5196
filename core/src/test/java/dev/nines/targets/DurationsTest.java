package dev.nines.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "200ms, PT0.2S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "30d, PT720H",
    "1m30s, PT1M30S",
    "0.5s, PT0.5S",
    "1.5h, PT1H30M",
    "0s, PT0S",
    "1d2h3m4s5ms6us7ns, PT26H3M4.005006007S",
  })
  void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "-5s",
        "5 s",
        "s",
        "1s1s",
        "1s1m",
        "1e3s",
        "5sec",
        ".5s",
        "1_000s",
        "9999999999s",
        "PT5S",
        "5S"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageContaining("expected: a duration such as 200ms");
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(
      @ForAll @LongRange(min = 0, max = 80_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    Duration duration = Duration.ofSeconds(seconds, nanos);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }
}
