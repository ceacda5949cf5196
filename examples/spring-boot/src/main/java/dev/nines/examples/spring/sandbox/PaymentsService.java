package dev.nines.examples.spring.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.examples.faults.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else's service that takes the money. It fails for real: when down it answers 503, when slow it takes its time.
 * Thread-safe.
 */
final class PaymentsService implements AutoCloseable {

  /** How long an answer takes when slow: longer than orders wait for it. */
  private static final Duration DELAY = Duration.ofSeconds(2);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Fault fault = Fault.UP;

  private PaymentsService(HttpServer server) {
    this.server = server;
  }

  static PaymentsService start() throws IOException {
    PaymentsService payments = new PaymentsService(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    payments.server.setExecutor(payments.threads);
    payments.server.createContext("/charges", payments::answer);
    payments.server.createContext("/status", payments::answer);
    payments.server.start();
    return payments;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Behaves like this from now on. */
  void fault(Fault next) {
    fault = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (fault == Fault.SLOW) {
        TimeUnit.MILLISECONDS.sleep(DELAY.toMillis());
      }
      exchange.sendResponseHeaders(fault == Fault.DOWN ? 503 : 200, -1);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Stopped while answering");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
