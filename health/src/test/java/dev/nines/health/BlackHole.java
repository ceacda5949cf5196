package dev.nines.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port where connections get lost. */
public final class BlackHole implements AutoCloseable {

  private final ServerSocket server;
  private final List<Socket> filling = new ArrayList<>();

  private BlackHole(int backlog) throws IOException {
    server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  /** Connections succeed, and nobody ever answers: a process that is stopped. */
  public static BlackHole silent() throws IOException {
    return new BlackHole(1_000);
  }

  /** Connections are never established: a backlog that is full, or a firewall that drops. */
  public static BlackHole unreachable() throws IOException {
    BlackHole hole = new BlackHole(1);
    hole.fill();
    return hole;
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : filling) {
      socket.close();
    }
    server.close();
  }

  private void fill() throws IOException {
    for (int i = 0; i < 64; i++) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 200);
      } catch (SocketTimeoutException e) {
        return; // full
      }
    }
    throw new IOException("The backlog of port " + port() + " does not fill");
  }
}
