package dev.nines.http;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.IpLiteral;
import dev.nines.request.Route;
import dev.nines.request.RouteTable;
import io.opentelemetry.context.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts an exchange around each request of a Jakarta Servlet 6 container. It is over when the answer is: when the filter
 * chain returns, or, if that started an asynchronous cycle, when the cycle completes, fails, or times out.
 *
 * <p>An exception that leaves the chain is recorded, told as an event inside the trace, and passed on, for the container to
 * make a 500 of it; it counts as a server error whatever an error page makes of it. A stream of the client that breaks is a
 * client abort; a failure of the writer that only the container's last flush meets is not seen. Nor are requests that reach no filter:
 * malformed ones, and 404s of a context that has not even a default servlet.
 *
 * <p>Thread-safe. {@link #install} registers it first; otherwise map it to {@code /*} with {@code asyncSupported}, before
 * the filters that answer themselves, for the dispatcher types REQUEST, ASYNC and ERROR: the latter two keep the trace in
 * their log lines, and count nothing twice.
 */
public final class ServletRequestFilter implements Filter {

  /** The request attribute in which a framework may leave the template of the route it chose, such as {@code /a/{id}}. */
  public static final String ROUTE_ATTRIBUTE = "dev.nines.route";

  private static final String ANSWER_ATTRIBUTE = "dev.nines.answer";
  private static final int UNAVAILABLE = 503;

  private final HttpAdapters adapters;
  private final ServletRoutes routes;

  /** Names routes by {@link #templateOf}. */
  public ServletRequestFilter(HttpAdapters adapters) {
    this(adapters, ServletRequestFilter::templateOf);
  }

  /**
   * Returns the template of a request's route as it is known so far: {@link #ROUTE_ATTRIBUTE}, else Spring MVC's pattern, else
   * the servlet's mapping; null if only a default servlet serves it.
   */
  public static @Nullable String templateOf(HttpServletRequest request) {
    return ServletRoutes.templateOf(request);
  }

  /** Names routes by declared templates, matched against the raw path, context path included. */
  public ServletRequestFilter(HttpAdapters adapters, Routes routes) {
    this.adapters = adapters;
    RouteTable table = adapters.requests().routes();
    RouteMatcher matcher = new RouteMatcher(routes, table);
    this.routes = (request, method) -> matcher.match(method, request.getRequestURI());
  }

  /**
   * Names routes by a function of the request. It is asked before and after the chain, and the later answer counts. It must
   * return templates, never raw paths; null, and what does not fit into {@link RouteTable}, is {@code _OTHER}.
   */
  public ServletRequestFilter(
      HttpAdapters adapters, Function<HttpServletRequest, @Nullable String> template) {
    this.adapters = adapters;
    RouteTable table = adapters.requests().routes();
    this.routes = (request, method) -> {
      String name = template.apply(request);
      return name == null ? table.other() : table.route(name);
    };
  }

  /** Registers this filter for every request of {@code context}, before the filters whose mappings are declared. */
  public void install(ServletContext context) {
    FilterRegistration.Dynamic registration = context.addFilter("nines", this);
    if (registration == null) {
      throw new IllegalStateException(
          "filter: nines (expected: a name that is not taken in this context)");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      doFilter(http, answer, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(ANSWER_ATTRIBUTE) instanceof ServletAnswer known) {
      serve(known, request, response, chain);
      return;
    }
    Exchange exchange = begin(request);
    exchange.answerHeaders(response, HttpServletResponse::setHeader);
    if (!adapters.accepting()) {
      refuse(request, response, exchange);
      return;
    }
    ServletAnswer answer = new ServletAnswer(response, exchange, adapters);
    request.setAttribute(ANSWER_ATTRIBUTE, answer);
    serve(answer, request, response, chain);
  }

  private Exchange begin(HttpServletRequest request) {
    HttpMethod method = HttpMethod.of(request.getMethod());
    Exchange exchange = adapters
        .requests()
        .begin(method, routeOf(request, method), request, ServletHeaderGetter.INSTANCE);
    exchange.target(request.getRequestURI());
    exchange.query(request.getQueryString());
    exchange.client(clientOf(request));
    exchange.protocol(request.getProtocol());
    exchange.scheme(request.getScheme());
    exchange.resolveTenant();
    return exchange;
  }

  private @Nullable String clientOf(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    TrustedProxies proxies = adapters.proxies();
    if (proxies.areNone() || peer == null) {
      return peer;
    }
    InetAddress address = IpLiteral.parse(peer);
    String told =
        address == null ? null : proxies.client(address, request, ServletHeaderGetter.INSTANCE);
    return told == null ? peer : told;
  }

  private void serve(
      ServletAnswer answer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = answer.exchange();
    try (Scope current = exchange.context().makeCurrent()) {
      chain.doFilter(answer.observed(request), answer.observed(response));
    } catch (Throwable thrown) {
      nameRoute(exchange, request);
      answer.failed(thrown);
      throw thrown;
    }
    nameRoute(exchange, request);
    answer.returned(request, response);
  }

  /** Takes the name that the chain found; an error page has a mapping of its own, and comes too late. */
  private void nameRoute(Exchange exchange, HttpServletRequest request) {
    if (!exchange.hasEnded() && request.getDispatcherType() != DispatcherType.ERROR) {
      exchange.route(routeOf(request, exchange.method()));
    }
  }

  private Route routeOf(HttpServletRequest request, HttpMethod method) {
    try {
      return routes.of(request, method);
    } catch (RuntimeException e) { // a function of the user's
      adapters.requests().listenerFailed(e);
      return adapters.requests().routes().other();
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Exchange exchange) {
    response.setStatus(UNAVAILABLE);
    if (request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close"); // HTTP/2 has no such header
    }
    exchange.reject(UNAVAILABLE);
  }
}
