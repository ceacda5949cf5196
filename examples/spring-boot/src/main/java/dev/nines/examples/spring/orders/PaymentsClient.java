package dev.nines.examples.spring.orders;

import dev.nines.dependency.GuardException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls the payments service, as long as that makes sense: what goes to the address of a declared dependency has its breaker and
 * its deadline.
 */
@Component
class PaymentsClient {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentsClient.class);

  private final RestClient http;

  PaymentsClient(RestClient.Builder http, @Value("${payments.url}") String url) {
    this.http = http.baseUrl(url).build();
  }

  /** Charges an order; what can't be charged now waits until payments answer again. */
  Payment charge(long order, int cents) {
    try {
      http.post()
          .uri("/charges")
          .body(Map.of("order", order, "cents", cents))
          .retrieve()
          .toBodilessEntity();
      return Payment.CHARGED;
    } catch (RestClientException | GuardException failure) {
      LOG.warn("Order {} waits for its payment: {}", order, failure.toString());
      return Payment.PENDING;
    }
  }
}
