package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** See {@link Checks#tcp}. */
final class TcpCheck implements Check {

  private final String host;
  private final int port;

  TcpCheck(String host, int port) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: blank (expected: a name or an address)");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    this.host = host;
    this.port = port;
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    try (Socket socket = new Socket()) {
      run.onAbort(() -> close(socket));
      // The name is looked up anew at each run, so that the check follows a change of address.
      socket.connect(
          new InetSocketAddress(host, port), Math.max(1, (int) run.timeout().toMillis()));
      return CheckResult.healthy();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
