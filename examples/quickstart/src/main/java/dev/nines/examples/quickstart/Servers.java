package dev.nines.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the JDK's HttpServer. */
final class Servers {

  /** Requests served at a time; more of them wait. */
  private static final int THREADS = 200;

  private Servers() {}

  /**
   * Takes the port, so that a taken one is known before anything else starts; clients wait until the server starts.
   *
   * @param service whose threads these are
   * @param variable the environment variable that sets the port
   */
  static HttpServer listen(String service, InetSocketAddress address, String variable) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.setExecutor(Executors.newFixedThreadPool(THREADS, threadsOf(service)));
      return server;
    } catch (BindException taken) {
      throw new StartFailure(
          variable + ": " + address.getPort() + " is taken (expected: a free port)", taken);
    } catch (IOException failed) {
      throw new StartFailure(
          variable + ": " + address.getPort() + " can't be opened: " + failed.getMessage(), failed);
    }
  }

  static void stop(HttpServer server) {
    server.stop(0);
    ((ExecutorService) server.getExecutor()).shutdown();
  }

  private static ThreadFactory threadsOf(String service) {
    AtomicInteger number = new AtomicInteger();
    return work -> new Thread(work, service + "-http-" + number.incrementAndGet());
  }
}
