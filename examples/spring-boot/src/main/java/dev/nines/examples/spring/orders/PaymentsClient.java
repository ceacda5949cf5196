package dev.nines.examples.spring.orders;

import dev.nines.Nines;
import dev.nines.dependency.CallFailure;
import dev.nines.dependency.Guard;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls the payments service, as long as that makes sense: its guard has a breaker and a deadline. */
@Component
class PaymentsClient {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentsClient.class);

  private final Guard guard;
  private final RestClient http;

  PaymentsClient(Nines nines, RestClient.Builder http, @Value("${payments.url}") String url) {
    this.guard = nines.guard("payments");
    this.http = http.baseUrl(url).build();
  }

  /** Charges an order; what can't be charged now waits until payments answer again. */
  Payment charge(long order, int cents) {
    return guard.callOr(() -> post(order, cents), failure -> pending(order, failure));
  }

  private Payment post(long order, int cents) {
    http.post()
        .uri("/charges")
        .body(Map.of("order", order, "cents", cents))
        .retrieve()
        .toBodilessEntity();
    return Payment.CHARGED;
  }

  private static Payment pending(long order, CallFailure failure) {
    LOG.warn("Order {} waits for its payment: {}", order, failure);
    return Payment.PENDING;
  }
}
