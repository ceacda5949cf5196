package dev.nines.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A connection on which anything can be said. */
final class RawHttp implements Closeable {

  private final Socket wire = new Socket();
  private final Socket socket;

  /** @param tls shakes hands with the first byte; null for plain HTTP */
  RawHttp(int port, @Nullable SSLContext tls) throws IOException {
    wire.setTcpNoDelay(true);
    wire.setReceiveBufferSize(16_384);
    wire.setSoTimeout(15_000);
    wire.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 15_000);
    socket =
        tls == null ? wire : tls.getSocketFactory().createSocket(wire, "localhost", port, true);
  }

  RawHttp say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Asks on a connection that goes on, and returns the status line. */
  String get(String path) throws IOException {
    say("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    InputStream in = socket.getInputStream();
    String head = head(in);
    int from = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ") + 16;
    in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
    return head.substring(0, head.indexOf('\r'));
  }

  /** Reads what comes until the other side closes; a reset counts as closed. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (java.net.SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      return all.toString(ISO_8859_1);
    }
    return all.toString(ISO_8859_1);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) c);
    }
    return head.toString();
  }

  /** Without a word, as a client that is killed. */
  @Override
  public void close() throws IOException {
    wire.close();
  }
}
