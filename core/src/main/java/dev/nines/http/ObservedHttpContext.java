package dev.nines.http;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view of a context that asks the authenticator itself: the JDK's own way casts the exchange to its own class. */
final class ObservedHttpContext extends HttpContext {

  private final HttpContext context;
  private final HttpServer server;
  private final AuthenticatedHandler authenticated = new AuthenticatedHandler();

  ObservedHttpContext(HttpContext context, HttpServer server) {
    this.context = context;
    this.server = server;
  }

  @Override
  public @Nullable HttpHandler getHandler() {
    return authenticated.handler();
  }

  @Override
  public void setHandler(HttpHandler handler) {
    authenticated.handler(handler);
    if (context.getHandler() == null) {
      context.setHandler(authenticated); // once: the JDK refuses a second one
    }
  }

  @Override
  public @Nullable Authenticator setAuthenticator(@Nullable Authenticator authenticator) {
    return authenticated.authenticator(authenticator);
  }

  @Override
  public @Nullable Authenticator getAuthenticator() {
    return authenticated.authenticator();
  }

  @Override
  public String getPath() {
    return context.getPath();
  }

  @Override
  public HttpServer getServer() {
    return server;
  }

  @Override
  public Map<String, Object> getAttributes() {
    return context.getAttributes();
  }

  @Override
  public List<Filter> getFilters() {
    return context.getFilters();
  }
}
