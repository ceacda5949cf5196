package dev.nines.examples.quickstart;

import dev.nines.dependency.Guard;
import dev.nines.dependency.GuardException;
import dev.nines.http.GuardedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Calls the payments service, as long as that makes sense: its guard has a breaker and a deadline. Thread-safe. */
final class PaymentsClient {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentsClient.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI payments;
  private final HttpClient plain = HttpClient.newHttpClient();
  private final HttpClient guarded;

  PaymentsClient(Guard guard, URI payments) {
    this.payments = payments;
    this.guarded = GuardedHttpClient.of(guard, plain);
  }

  /** Connects, lest the first order pays for the client's own start with its deadline. */
  void warmUp() {
    HttpRequest status = HttpRequest.newBuilder(payments.resolve("/status")).build();
    plain
        .sendAsync(status, BodyHandlers.discarding())
        .exceptionally(failure -> {
          LOG.warn("Payments don't answer yet: {}", failure.toString());
          return null;
        })
        .join();
  }

  /** Charges an order, and returns whether it is paid; if not, it has to wait until payments answer again. */
  boolean charge(Order order) throws InterruptedException {
    try {
      HttpResponse<Void> response = guarded.send(request(order), BodyHandlers.discarding());
      if (response.statusCode() == 200) {
        return true;
      }
      LOG.warn(
          "Order {} waits for its payment: payments answered {}",
          order.id(),
          response.statusCode());
    } catch (IOException | GuardException failure) {
      LOG.warn("Order {} waits for its payment: {}", order.id(), failure.toString());
    }
    return false;
  }

  private HttpRequest request(Order order) {
    String body = JSON.writeValueAsString(Map.of("order", order.id(), "cents", order.cents()));
    return HttpRequest.newBuilder(payments.resolve("/charges"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
