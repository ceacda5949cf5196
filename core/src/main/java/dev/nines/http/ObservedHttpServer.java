package dev.nines.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A view of a server whose contexts have our filter first. The JDK's server cannot list its contexts, so they are met where
 * they are made.
 */
final class ObservedHttpServer extends HttpServer {

  private static final String ROOT = "/";
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final Filter filter;
  private boolean rootIsOurs;

  ObservedHttpServer(HttpServer server, Filter filter) {
    this.server = server;
    this.filter = filter;
    serveUnknownPaths();
  }

  @Override
  public synchronized HttpContext createContext(String path, HttpHandler handler) {
    HttpContext context = createContext(path);
    context.setHandler(handler);
    return context;
  }

  @Override
  public synchronized HttpContext createContext(String path) {
    if (path.equals(ROOT)) {
      leaveUnknownPaths();
    }
    return observed(server.createContext(path));
  }

  @Override
  public synchronized void removeContext(String path) {
    if (path.equals(ROOT) && rootIsOurs) {
      throw new IllegalArgumentException("No context was created for path: " + path);
    }
    server.removeContext(path);
    if (path.equals(ROOT)) {
      serveUnknownPaths();
    }
  }

  @Override
  public void removeContext(HttpContext context) {
    removeContext(context.getPath());
  }

  private ObservedHttpContext observed(HttpContext context) {
    context.getFilters().add(0, filter);
    return new ObservedHttpContext(context, this);
  }

  private void serveUnknownPaths() {
    try {
      observed(server.createContext(ROOT)).setHandler(ObservedHttpServer::notFound);
      rootIsOurs = true;
    } catch (IllegalArgumentException e) {
      rootIsOurs = false; // the user's own was there before us
    }
  }

  private void leaveUnknownPaths() {
    if (rootIsOurs) {
      server.removeContext(ROOT);
      rootIsOurs = false;
    }
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(NOT_FOUND, -1);
  }

  @Override
  public void bind(InetSocketAddress address, int backlog) throws IOException {
    server.bind(address, backlog);
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void setExecutor(@Nullable Executor executor) {
    server.setExecutor(executor);
  }

  @Override
  public @Nullable Executor getExecutor() {
    return server.getExecutor();
  }

  @Override
  public void stop(int delaySeconds) {
    server.stop(delaySeconds);
  }

  @Override
  public InetSocketAddress getAddress() {
    return server.getAddress();
  }
}
