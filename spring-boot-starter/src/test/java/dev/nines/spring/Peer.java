package dev.nines.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that others call. It answers with the path; below {@code /fail} with 500, below {@code /flaky} 503 before it
 * answers, and below {@code /hangs} only when it stops.
 */
final class Peer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final List<String> traceparents = new CopyOnWriteArrayList<>();

  Peer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** Returns what each request carried, in the order of arrival; empty where it carried none. */
  List<String> traceparents() {
    return traceparents;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<String> sent = exchange.getRequestHeaders().getOrDefault("traceparent", List.of());
    traceparents.add(String.join(",", sent));
    if (path.contains("hangs")) {
      await();
    }
    byte[] body = path.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status(path), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private int status(String path) {
    if (path.contains("flaky")) {
      return asked.add(path) ? 503 : 200;
    }
    return path.contains("fail") ? 500 : 200;
  }

  private void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
