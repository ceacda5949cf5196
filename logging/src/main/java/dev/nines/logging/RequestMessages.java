package dev.nines.logging;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Route;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The messages of request lines, such as {@code GET /orders/{id} 200}: few that come again and again, each put together once.
 * One that isn't found takes the place of another.
 *
 * <p>Thread-safe: what is remembered is immutable.
 */
final class RequestMessages {

  private static final int PLACES = 512;
  private static final int SPREAD = 0x9E3779B9;

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  private record Known(Route route, HttpMethod method, int status, String message) {

    boolean isOf(Exchange exchange) {
      return route == exchange.route()
          && method == exchange.method()
          && status == exchange.status();
    }
  }

  String of(Exchange exchange) {
    int hash = exchange.route().hashCode() * 31 + exchange.method().ordinal();
    int place = (hash * 31 + exchange.status()) * SPREAD >>> Integer.SIZE - 9;
    Known known = places.getPlain(place);
    if (known == null || !known.isOf(exchange)) {
      known = new Known(exchange.route(), exchange.method(), exchange.status(), message(exchange));
      places.set(place, known);
    }
    return known.message;
  }

  private static String message(Exchange exchange) {
    String request = exchange.method().label() + " " + exchange.route().template();
    return exchange.status() > 0 ? request + " " + exchange.status() : request;
  }
}
