package dev.nines.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Carries bytes to a server until it is cut; then connections stay open, and nothing comes through. */
final class LossyWire implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean cut;

  private LossyWire(int target) throws IOException {
    this.target = target;
    threads.execute(this::accept);
  }

  static LossyWire to(int port) throws IOException {
    return new LossyWire(port);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing arrives, in either direction. */
  void cut() {
    cut = true;
  }

  /** Carries again; what hung on a lost byte is disconnected, as a firewall that forgot it would do. */
  void mend() {
    cut = false;
    open.forEach(LossyWire::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        if (cut) {
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        threads.execute(() -> carry(client, server));
        threads.execute(() -> carry(server, client));
      }
    } catch (IOException closed) {
      open.forEach(LossyWire::close);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!cut) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException ended) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
    open.forEach(LossyWire::close);
  }
}
