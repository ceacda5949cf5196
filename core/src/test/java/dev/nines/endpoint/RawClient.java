package dev.nines.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A client that sends what no proper one would. */
final class RawClient implements Closeable {

  private final Socket wire = new Socket();
  private final Socket socket;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /** With a receive buffer of that size, so that a client who doesn't read stops the sender soon. */
  RawClient(int port, int receiveBuffer) throws IOException {
    connect(port, receiveBuffer);
    this.socket = wire;
  }

  /** Over TLS, once hands are shaken, as the first byte does. */
  static RawClient tls(int port, int receiveBuffer, SSLContext context) throws IOException {
    return new RawClient(port, receiveBuffer, context);
  }

  private RawClient(int port, int receiveBuffer, SSLContext context) throws IOException {
    connect(port, receiveBuffer);
    this.socket = context.getSocketFactory().createSocket(wire, "localhost", port, true);
  }

  private void connect(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      wire.setReceiveBufferSize(receiveBuffer);
    }
    wire.setSoTimeout(10_000);
    wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one answer's first line and leaves the rest. */
  String statusLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\r';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  void read(int bytes) throws IOException {
    socket.getInputStream().readNBytes(bytes);
  }

  /** Reads until the server closes; a reset counts as closed. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    try {
      for (int n = read(buffer); n >= 0; n = read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (java.net.SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      return all.toString(StandardCharsets.ISO_8859_1);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private int read(byte[] buffer) throws IOException {
    return socket.getInputStream().read(buffer);
  }

  /** Without a word: TLS would say goodbye, and wait for an answer. */
  @Override
  public void close() throws IOException {
    wire.close();
  }
}
