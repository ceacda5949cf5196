package dev.nines.http;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A context's handler behind its authenticator, in the place where the JDK asks it: after the user's filters. */
final class AuthenticatedHandler implements HttpHandler {

  private static final int NO_BODY = -1;

  private final AtomicReference<@Nullable Authenticator> authenticator = new AtomicReference<>();
  private volatile @Nullable HttpHandler handler;

  @Nullable
  HttpHandler handler() {
    return handler;
  }

  void handler(HttpHandler next) {
    Objects.requireNonNull(next, "handler");
    if (handler != null) {
      throw new IllegalArgumentException(
          "handler: set already (expected: one handler for each context)");
    }
    handler = next;
  }

  @Nullable
  Authenticator authenticator() {
    return authenticator.get();
  }

  @Nullable
  Authenticator authenticator(@Nullable Authenticator next) {
    return authenticator.getAndSet(next);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Authenticator asked = authenticator.get();
    if (asked == null || admits(asked, exchange)) {
      Objects.requireNonNull(handler, "handler").handle(exchange);
    }
  }

  private static boolean admits(Authenticator asked, HttpExchange exchange) throws IOException {
    Authenticator.Result result = asked.authenticate(exchange);
    if (result instanceof Authenticator.Success success) {
      authenticated(exchange, success.getPrincipal());
      return true;
    }
    int code = result instanceof Authenticator.Retry retry
        ? retry.getResponseCode()
        : ((Authenticator.Failure) result).getResponseCode();
    try (InputStream body = exchange.getRequestBody()) {
      body.skipNBytes(0); // closing reads what is left, as the JDK does before it refuses
    }
    exchange.sendResponseHeaders(code, NO_BODY);
    return false;
  }

  private static void authenticated(HttpExchange exchange, HttpPrincipal principal) {
    if (exchange instanceof ObservedHttpsExchange secure) {
      secure.observed().authenticated(principal);
    } else if (exchange instanceof ObservedHttpExchange plain) {
      plain.authenticated(principal);
    } else {
      throw new IllegalStateException("exchange: " + exchange.getClass().getName()
          + " (expected: the one that the server gave; a filter of"
          + " yours replaced it, behind which the JDK does not authenticate either)");
    }
  }
}
