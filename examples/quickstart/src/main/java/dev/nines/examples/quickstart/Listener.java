package dev.nines.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** Opens the JDK's HttpServer. */
final class Listener {

  /** Requests served at a time; the rest wait. */
  private static final int THREADS = 200;

  private Listener() {}

  /**
   * Takes the port, so that a taken one is known before anything else starts. Clients wait until the server starts.
   *
   * @param variable the environment variable that sets the port
   */
  static HttpServer on(InetSocketAddress address, String variable) {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException taken) {
      throw new StartFailure(
          variable + ": " + address.getPort() + " is taken (expected: a free port)", taken);
    } catch (IOException failed) {
      throw new StartFailure(
          variable + ": " + address.getPort() + " can't be opened: " + failed.getMessage(), failed);
    }
  }
}
