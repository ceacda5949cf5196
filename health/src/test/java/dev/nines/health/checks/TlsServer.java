package dev.nines.health.checks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Shakes hands with whoever comes, and waits for them to go. */
final class TlsServer implements AutoCloseable {

  private final SSLServerSocket server;
  private final Thread thread = new Thread(this::serve, "tls-server");

  /** @param port 0 for a free one */
  TlsServer(SSLContext context, int port, String... protocols) throws IOException {
    server = (SSLServerSocket) context
        .getServerSocketFactory()
        .createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
    thread.join();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        ((SSLSocket) socket).startHandshake();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        continue; // the client refused, or the server was closed: the tests look from the other
        // side
      }
    }
  }
}
