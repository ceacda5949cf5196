package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import dev.nines.targets.Durations;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientSignalsTest {

  private static final String HTTP = "http_client_request_duration_seconds";
  private static final String CALL = "nines_call_duration_seconds";
  private static final URI CHARGES = URI.create("http://payments/charges");

  private final TestService service = new TestService(GoldenSignals.prometheus());
  private final Guard payments = service.dependencies().guards().get(0);

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void aCallThatWasNoHttpIsTimedByItsOutcome() {
    payments.call(() -> service.time.advance(Duration.ofMillis(20)));
    catchThrowable(() -> payments.run(() -> {
      throw new IllegalStateException();
    }));

    assertThat(scraped().value(CALL + "_sum", "dependency", "payments", "outcome", "success"))
        .isEqualTo(0.02);
    assertThat(scraped().value(CALL + "_count", "dependency", "payments", "outcome", "failure"))
        .isEqualTo(1);
    assertThat(scraped().samples(HTTP + "_count")).isEmpty();
  }

  @Test
  void anHttpCallIsTimedByMethodStatusAndErrorType() {
    payments.http(new HttpCall<>(HttpMethod.POST, CHARGES, answer -> 200), attempt -> "paid");
    payments.http(new HttpCall<>(HttpMethod.POST, CHARGES, answer -> 503), attempt -> "later");

    assertThat(scraped().value(HTTP + "_count", http("200", ""))).isEqualTo(1);
    assertThat(scraped().value(HTTP + "_count", http("503", "503"))).isEqualTo(1);
    assertThat(scraped().samples(CALL + "_count")).isEmpty();
  }

  @Test
  void theBoundsAreThoseOfTheDependency() {
    payments.call(() -> "paid");

    assertThat(scraped().samples(CALL + "_bucket").stream()
            .map(sample -> sample.labels().get("le"))
            .filter(le -> !le.equals("+Inf"))
            .map(Double::valueOf))
        .containsExactlyElementsOf(
            payments.settings().latencyBounds().stream().map(Durations::seconds).toList());
  }

  @Test
  void aCallThatTheOpenBreakerRefusedTookNoTime() {
    for (int i = 0; i < 50 && payments.state() != Guard.BreakerState.OPEN; i++) {
      service.time.advance(Duration.ofSeconds(1));
      catchThrowable(() -> payments.run(() -> {
        throw new IllegalStateException();
      }));
    }
    assertThat(payments.state()).isEqualTo(Guard.BreakerState.OPEN);
    double before = total();

    catchThrowable(() -> payments.call(() -> "paid"));

    assertThat(total()).isEqualTo(before);
  }

  private double total() {
    return scraped().samples(CALL + "_count").stream()
        .mapToDouble(Exposition.Sample::value)
        .sum();
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }

  private static String[] http(String status, String errorType) {
    return new String[] {
      "dependency",
      "payments",
      "http_request_method",
      "POST",
      "http_response_status_code",
      status,
      "error_type",
      errorType
    };
  }
}
