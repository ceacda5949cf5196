package dev.nines.lifecycle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A small service in a JVM of its own, which a test ends by SIGTERM. It tells on standard output what it does.
 *
 * <p>{@code GET /work?n} takes n milliseconds; {@code GET /ready} answers 200 while it asks for traffic, else 503.
 */
final class ServiceUnderSignal {

  static final Duration PRE_STOP = Duration.ofSeconds(1);
  static final ShutdownTimings TIMINGS =
      new ShutdownTimings(PRE_STOP, Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final PrintStream out;
  private final EventBus events = new EventBus();
  private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), events);
  private final AtomicLong active = new AtomicLong();
  private final GracefulShutdown shutdown =
      new GracefulShutdown(lifecycle, TIMINGS, active::get, TimeSource.system(), events);

  private ServiceUnderSignal(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    new ServiceUnderSignal(System.out).run(args[0]);
  }

  private void run(String mode) throws Exception {
    events.render(event -> out.println(event.type()));
    shutdown.closeOnJvmExit();
    shutdown.onClose(CloseStage.DRAINED, "pool", () -> out.println("pool closed"));
    HttpServer app = serve(this::work);
    HttpServer probe = serve(this::ready);
    shutdown.onClose(CloseStage.DRAINED, "app", () -> app.stop(0));
    shutdown.onClose(CloseStage.LAST, "probe", () -> {
      out.println("probe closed");
      probe.stop(0);
    });
    if (mode.equals("hanging")) {
      shutdown.onClose(CloseStage.TELEMETRY, "exporter", () -> new CountDownLatch(1).await());
    }
    if (!mode.equals("starting")) {
      lifecycle.advance(Lifecycle.State.READY);
    }
    out.println("ports " + app.getAddress().getPort() + " " + probe.getAddress().getPort());
    new CountDownLatch(1).await();
  }

  private static HttpServer serve(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 256);
    server.createContext("/", handler);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return server;
  }

  private void work(HttpExchange exchange) throws IOException {
    active.incrementAndGet();
    try (exchange) {
      if (!lifecycle.accepting()) {
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      long millis = Long.parseLong(exchange.getRequestURI().getQuery());
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      exchange.sendResponseHeaders(200, -1);
    } finally {
      active.decrementAndGet();
    }
  }

  private void ready(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(lifecycle.ready() ? 200 : 503, -1);
    }
  }
}
