package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Where somebody listens.
 *
 * @param host a name or an address; a name is looked up anew at each connection, so that a change of address is followed
 * @param port 1 to 65535
 */
record Address(String host, int port) {

  Address {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: blank (expected: a name or an address)");
    }
    Require.between("port", port, 1, 65535);
  }

  /**
   * Connects within the run's time, which then bounds each read too; what drips is ended when the run is cut short, which
   * closes the socket. Else the caller closes it.
   */
  Socket connect(CheckRun run) throws IOException {
    Socket socket = new Socket();
    try {
      run.onAbort(() -> close(socket));
      socket.connect(new InetSocketAddress(host, port), millis(run));
      socket.setSoTimeout(millis(run));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Returns the run's time for a socket, to which 0 would mean without end. */
  private static int millis(CheckRun run) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, run.timeout().toMillis()));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
