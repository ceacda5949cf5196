package dev.nines.logging;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Writes one line for each request, when it has ended and its trace is still current. Success and the caller's own mistakes
 * are INFO, for neither is a matter for whoever is paged; a refusal is WARN, a failure ERROR.
 *
 * <p>Thread-safe.
 */
final class AccessLog implements RequestListener {

  static final String LOGGER = "access";

  private final Logger log;

  AccessLog(Logger log) {
    this.log = log;
  }

  @Override
  public void ended(Exchange exchange) {
    Level level = levelOf(exchange.outcome());
    if (log.isEnabledForLevel(level)) {
      log.atLevel(level)
          .addKeyValue(LineFields.KEY, new RequestEntry(exchange))
          .log(message(exchange));
    }
  }

  static Level levelOf(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS, CLIENT_ERROR, CLIENT_ABORT -> Level.INFO;
      case REJECTED -> Level.WARN;
      case SERVER_ERROR -> Level.ERROR;
    };
  }

  private static String message(Exchange exchange) {
    String request = exchange.method().label() + " " + exchange.route().template();
    return exchange.status() > 0 ? request + " " + exchange.status() : request;
  }
}
