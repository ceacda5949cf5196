package dev.nines.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the handler of a request by its method and path: the JDK's server knows prefixes only, and would take {@code
 * /helloworld} for {@code /hello}. Routes are added before the server starts.
 */
final class Router implements HttpHandler {

  /** Serves one route. What it throws, but for a {@link Problem}, is for Nines to record and to answer with 500. */
  interface Handler {
    Answer answer(Request request) throws IOException, InterruptedException;
  }

  private final List<Route> routes = new ArrayList<>();

  /** Adds a route, such as {@code GET /orders/{id}}. */
  Router on(String route, Handler handler) {
    routes.add(Route.of(route, handler));
    return this;
  }

  /** Returns the routes as they were added, for Nines to know them by. */
  String[] routes() {
    return routes.stream().map(Route::toString).toArray(String[]::new);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    answer(exchange).send(exchange);
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      Route route = route(exchange);
      return route.handler().answer(new Request(exchange, route.values(path(exchange))));
    } catch (Problem refusal) {
      return refusal.answer();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while serving " + path(exchange));
    }
  }

  private Route route(HttpExchange exchange) {
    String path = path(exchange);
    List<Route> here = routes.stream().filter(route -> route.matches(path)).toList();
    Optional<Route> found = here.stream()
        .filter(route -> route.method().equals(exchange.getRequestMethod()))
        .findFirst();
    return found.orElseThrow(() -> here.isEmpty() ? unknownPath() : otherMethod(exchange, here));
  }

  private static Problem unknownPath() {
    return new Problem(404, "no such path");
  }

  private static Problem otherMethod(HttpExchange exchange, List<Route> here) {
    String allowed = here.stream().map(Route::method).collect(Collectors.joining(", "));
    exchange.getResponseHeaders().set("Allow", allowed);
    return new Problem(405, "method (expected: " + allowed + ")");
  }

  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath();
  }
}
