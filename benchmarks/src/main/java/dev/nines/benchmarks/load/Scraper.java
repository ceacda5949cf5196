package dev.nines.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads {@code /metrics} each second, as an impatient Prometheus, from a stack whose name says that it is scraped. Over a plain
 * socket: a client of HTTP would take more of the processor on which requests are timed than the scrape takes of the other.
 */
final class Scraper implements AutoCloseable {

  private static final byte[] REQUEST =
      "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final String OK = "HTTP/1.1 200 ";
  private static final int PATIENCE_MILLIS = 5_000;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final byte[] buffer = new byte[64 * 1024];
  private final boolean needed;
  private volatile boolean read;

  private Scraper(boolean needed) {
    this.needed = needed;
  }

  static Scraper of(RunningStack stack) {
    Scraper scraper = new Scraper(stack.stack().name().endsWith("scraped"));
    if (scraper.needed) {
      int port = stack.target().getPort() + 1;
      scraper.clock.scheduleAtFixedRate(() -> scraper.scrape(port), 0, 1, TimeUnit.SECONDS);
    }
    return scraper;
  }

  private void scrape(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST);
      InputStream in = socket.getInputStream();
      boolean ok = new String(in.readNBytes(OK.length()), StandardCharsets.US_ASCII).equals(OK);
      while (in.read(buffer) >= 0) {
        // whatever it says
      }
      if (ok) {
        read = true;
      }
    } catch (IOException unread) {
      // close() tells of it.
    }
  }

  /** @throws IllegalStateException if nothing could be read, for then the round shows nothing */
  @Override
  public void close() {
    clock.shutdownNow();
    if (needed && !read) {
      throw new IllegalStateException("/metrics: never read (expected: 200 each second)");
    }
  }
}
