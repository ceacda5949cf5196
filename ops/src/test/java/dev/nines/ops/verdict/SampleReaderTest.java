package dev.nines.ops.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.prometheus.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleReaderTest {

  private static Sample spring(String le, String status, double value) {
    return new Sample(
        "http_server_requests_seconds_bucket", Map.of("le", le, "status", status), value);
  }

  private static Sample otel(String le, double value) {
    return new Sample("http_server_request_duration_seconds_bucket", Map.of("le", le), value);
  }

  private static Buckets buckets(List<Sample> samples) {
    return SampleReader.read("one", samples, Optional.empty()).counters().durations();
  }

  @Test
  void durationsUnderSpringsNameAreReadWithoutTheErrors() {
    assertThat(buckets(List.of(
            spring("0.2", "200", 3),
            spring("0.2", "404", 1),
            spring("0.2", "500", 7),
            spring("+Inf", "200", 5))))
        .isEqualTo(buckets(List.of(otel("0.2", 4), otel("+Inf", 5))));
  }

  @Test
  void whatIsMeasuredUnderBothNamesCountsOnce() {
    assertThat(buckets(List.of(otel("0.2", 4), spring("0.2", "200", 4))))
        .isEqualTo(buckets(List.of(otel("0.2", 4))));
  }
}
