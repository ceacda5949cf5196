package dev.nines.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Sends {@code GET /hello} over sixteen connections, on each as fast as it is answered, and tells of each second apart how
 * long requests took that began in it; {@code wrk} tells of the whole alone.
 */
final class Flood {

  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final int CONNECTIONS = 16;
  private static final byte[] REQUEST = ascii("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  private static final byte[] OK = ascii("HTTP/1.1 200 ");
  private static final byte[] HELLO = ascii("\r\n\r\nhello\n");
  private static final long LEAST = TimeUnit.MICROSECONDS.toNanos(1);
  private static final int DIGITS = 3;
  private static final int PATIENCE_MILLIS = 1_000;

  private final long begin;
  private final List<Histogram> seconds;

  private Flood(long begin, int seconds) {
    this.begin = begin;
    this.seconds = IntStream.range(0, seconds)
        .mapToObj(second -> new Histogram(LEAST, 100 * SECOND, DIGITS))
        .toList();
  }

  /**
   * Begins at once, and counts requests from {@code begin} on.
   *
   * @param begin by {@link System#nanoTime}
   * @return nanoseconds, for each second
   */
  static List<Histogram> of(int port, long begin, int seconds) throws IOException {
    Flood flood = new Flood(begin, seconds);
    flood.run(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return flood.seconds;
  }

  private void run(InetSocketAddress server) throws IOException {
    long end = begin + seconds.size() * SECOND;
    List<Connection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(new Connection(server, selector));
      }
      while (System.nanoTime() - end < 0) {
        selector.select(Flood::answered, PATIENCE_MILLIS); // a server that hangs ends it too
      }
    } finally {
      for (Connection connection : connections) {
        connection.channel.close();
      }
    }
  }

  private static void answered(SelectionKey key) {
    try {
      ((Connection) key.attachment()).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private final class Connection {

    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST.length).put(REQUEST);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1_024);
    private long asked;

    Connection(InetSocketAddress server, Selector selector) throws IOException {
      channel = SocketChannel.open(server);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      ask();
    }

    private void ask() throws IOException {
      asked = System.nanoTime();
      channel.write(request.rewind()); // an empty send buffer takes it whole
    }

    void read() throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("/hello: connection closed (expected: to be kept)");
      }
      if (answer.position() < HELLO.length || !holds(HELLO, answer.position() - HELLO.length)) {
        return; // the rest is under way
      }
      if (!holds(OK, 0)) {
        throw new IOException("/hello: not 200");
      }
      answer.clear();
      long second = (asked - begin) / SECOND;
      if (asked - begin >= 0 && second < seconds.size()) {
        seconds.get((int) second).recordValue(System.nanoTime() - asked);
      }
      ask();
    }

    private boolean holds(byte[] text, int at) {
      for (int i = 0; i < text.length; i++) {
        if (answer.get(at + i) != text[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
