package dev.nines.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import dev.nines.request.Exchange;
import dev.nines.request.Requests;
import dev.nines.telemetry.EventBus;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts an exchange around each request that a server serves: {@code nines.http()}. For the JDK's HttpServer use
 * {@link #install}; for Jakarta Servlet, {@link ServletRequestFilter}.
 *
 * <p>Thread-safe.
 */
public final class HttpAdapters {

  private final Requests requests;
  private final HandlerFailures failures;
  private final TrustedProxies proxies;
  private final BooleanSupplier accepting;

  /**
   * Makes the adapters.
   *
   * @param proxies whose word on a client's address is taken
   * @param accepting whether new requests are served; while not, they are refused with 503 and their connection is
   *     closed. Read for each request: it must only read memory
   */
  public HttpAdapters(
      Requests requests, EventBus events, TrustedProxies proxies, BooleanSupplier accepting) {
    this.requests = requests;
    this.proxies = proxies;
    this.failures = new HandlerFailures(events);
    this.accepting = accepting;
  }

  /**
   * Returns a view of {@code server}, with HTTP or HTTPS, through which contexts are created from now on: each request to
   * them has its exchange, and so has a path that no context serves (404, route {@code _OTHER}) until a context for
   * {@code /} is created. The server's contexts decide as before who serves a path; {@code routes} only name it. So
   * {@code /ordersfoo} still reaches the JDK's context {@code /orders}, under the name {@code _OTHER}.
   *
   * <p>A request is over when its answer is: when the body is closed, or the headers are sent if there is no body. A
   * handler may therefore return first and answer from another thread. One that returns and never answers stays open, here
   * as in the server itself.
   *
   * <p>Not seen: contexts that were created before, and what the server refuses before any handler, such as a malformed
   * request line.
   */
  public HttpServer install(HttpServer server, Routes routes) {
    return new ObservedHttpServer(server, filter(routes));
  }

  /**
   * Returns a filter for single contexts, to be their first. A context with an {@code Authenticator} is better created
   * through {@link #install}: behind this filter, the JDK's authentication needs the server's own exchange, and then
   * answers that come after the handler returned are not waited for.
   */
  public Filter filter(Routes routes) {
    return new ExchangeFilter(this, new RouteMatcher(routes, requests.routes()));
  }

  /**
   * Returns where exchanges are opened, for adapters of servers other than these: open one for each request, make its
   * context current while the handler runs, and end it once.
   */
  public Requests requests() {
    return requests;
  }

  /** Returns whether new requests are served; while not, an adapter answers 503 and rejects their exchange. */
  public boolean accepting() {
    return accepting.getAsBoolean();
  }

  /** Tells that the handler of a request threw, inside its trace; for adapters, before they end the exchange. */
  public void handlerFailed(Exchange exchange, Throwable thrown) {
    failures.publish(exchange, thrown);
  }

  /** Names the client of a request: the peer, or, where that is a trusted proxy, whom its headers name. */
  public <C> void nameClient(
      Exchange exchange, InetSocketAddress peer, C headers, TextMapGetter<C> getter) {
    exchange.client(peer);
    InetAddress address = peer.getAddress();
    if (!proxies.areNone() && address != null) {
      String told = proxies.client(address, headers, getter);
      if (told != null) {
        exchange.client(told);
      }
    }
  }

  TrustedProxies proxies() {
    return proxies;
  }

  HandlerFailures failures() {
    return failures;
  }

  /** Returns whether a connection broke because we are stopping and closed it: then it is no client's abort. */
  boolean closedByUs(Throwable broken) {
    if (accepting()) {
      return false;
    }
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedChannelException || saysClosed(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  /** The JDK's server has no type for streams that it closed itself; a peer's going reads "reset" or "broken pipe". */
  private static boolean saysClosed(@Nullable String message) {
    return message != null && message.endsWith("closed");
  }
}
