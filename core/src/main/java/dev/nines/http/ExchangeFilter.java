package dev.nines.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import io.opentelemetry.context.Scope;
import java.io.IOException;

/** Opens an exchange for each request of a context, and hands the handler a view of it that knows when it ends. */
final class ExchangeFilter extends Filter {

  private static final int UNAVAILABLE = 503;
  private static final int NO_BODY = -1;

  private final HttpAdapters adapters;
  private final RouteMatcher routes;

  ExchangeFilter(HttpAdapters adapters, RouteMatcher routes) {
    this.adapters = adapters;
    this.routes = routes;
  }

  @Override
  public String description() {
    return "Opens and ends the exchange of each request";
  }

  @Override
  public void doFilter(HttpExchange raw, Chain chain) throws IOException {
    if (raw instanceof ObservedHttpExchange || raw instanceof ObservedHttpsExchange) {
      chain.doFilter(raw); // a second filter of ours on the same context
      return;
    }
    Exchange exchange = begin(raw);
    if (!adapters.accepting()) {
      refuse(raw, exchange);
      return;
    }
    Answer answer = new Answer(raw, exchange, adapters);
    try (Scope current = exchange.context().makeCurrent()) {
      serve(raw, answer, chain);
    }
  }

  private Exchange begin(HttpExchange raw) {
    HttpMethod method = HttpMethod.of(raw.getRequestMethod());
    String path = raw.getRequestURI().getRawPath();
    Exchange exchange = adapters
        .requests()
        .begin(method, routes.match(method, path), raw.getRequestHeaders(), HeaderGetter.INSTANCE);
    exchange.target(path);
    exchange.query(raw.getRequestURI().getRawQuery());
    adapters.nameClient(
        exchange, raw.getRemoteAddress(), raw.getRequestHeaders(), HeaderGetter.INSTANCE);
    exchange.protocol(raw.getProtocol());
    exchange.scheme(raw instanceof HttpsExchange ? "https" : "http");
    exchange.resolveTenant();
    exchange.answerHeaders(raw.getResponseHeaders(), Headers::set);
    return exchange;
  }

  private void serve(HttpExchange raw, Answer answer, Chain chain) throws IOException {
    // The JDK's authentication casts the exchange to its own class; see HttpAdapters.filter.
    boolean unwrapped = raw.getHttpContext().getAuthenticator() != null;
    try {
      chain.doFilter(unwrapped ? raw : answer.exchangeForHandler());
    } catch (Throwable thrown) { // an Error, too, must not leave the client without an answer
      answer.failed(thrown);
      return;
    }
    if (unwrapped) {
      answer.returned(raw.getResponseCode());
    }
  }

  private static void refuse(HttpExchange raw, Exchange exchange) throws IOException {
    try {
      raw.getResponseHeaders().set("Connection", "close");
      raw.sendResponseHeaders(UNAVAILABLE, NO_BODY);
    } finally {
      exchange.reject(UNAVAILABLE);
    }
  }
}
