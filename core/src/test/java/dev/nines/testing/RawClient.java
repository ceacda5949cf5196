package dev.nines.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes, and hangs up when it likes: one connection for each request. */
public final class RawClient {

  private static final int TIMEOUT_MILLIS = 15_000;

  private final InetSocketAddress server;

  public RawClient(int port) {
    this.server = new InetSocketAddress("localhost", port);
  }

  /** Sends a request without a body and returns the whole answer, empty if the server hung up. */
  public String get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  public String exchange(String request) throws IOException {
    try (Socket socket = connected(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Reads the first bytes of the answer, then resets the connection. */
  public void resetAfterFirstBytes(String request) throws IOException {
    try (Socket socket = connected(request)) {
      InputStream in = socket.getInputStream();
      in.readNBytes(20);
      socket.setSoLinger(true, 0);
    }
  }

  /** Sends {@code half}, and hangs up. */
  public void hangUpAfter(String half) throws IOException {
    connected(half).close();
  }

  public Socket connected(String request) throws IOException {
    Socket socket = new Socket();
    socket.connect(server, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  public static int statusOf(String answer) {
    return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
  }
}
