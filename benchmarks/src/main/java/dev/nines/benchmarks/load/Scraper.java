package dev.nines.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /metrics} regularly from a stack whose name says that it is scraped, as an impatient Prometheus 2.42: with
 * its headers, on one connection, which is there before the load is. Over a plain socket: a client of HTTP would take
 * more of the processor on which requests are timed than the scrape takes of the other.
 */
final class Scraper implements Closeable {

  private static final byte[] REQUEST = """
      GET /metrics HTTP/1.1\r
      Host: localhost\r
      User-Agent: Prometheus/2.42.0\r
      Accept: application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,\
      text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r
      Accept-Encoding: gzip\r
      X-Prometheus-Scrape-Timeout-Seconds: 1\r
      \r
      """.getBytes(StandardCharsets.US_ASCII);
  private static final String OK = "HTTP/1.1 200 ";
  private static final String LENGTH = "content-length:";
  private static final int PATIENCE_MILLIS = 5_000;

  /** Each second in a round, and often before, so that its code is as warm as after an hour. */
  static final Duration ROUND = Duration.ofSeconds(1);

  static final Duration WARM_UP = Duration.ofMillis(50);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Socket socket;
  private final InputStream in;
  private volatile @Nullable IOException failure;

  private Scraper(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  /** Returns what reads nothing if the stack's name does not say that it is scraped. */
  static Closeable of(RunningStack stack, Duration period) throws IOException {
    if (!stack.stack().name().endsWith("scraped")) {
      return () -> {};
    }
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), stack.target().getPort() + 1);
    socket.setSoTimeout(PATIENCE_MILLIS);
    Scraper scraper = new Scraper(socket);
    scraper.scrape();
    // The first apart from the load's beginning.
    long nanos = period.toNanos();
    scraper.clock.scheduleAtFixedRate(scraper::scrapeAgain, nanos / 2, nanos, TimeUnit.NANOSECONDS);
    return scraper;
  }

  private void scrapeAgain() {
    try {
      scrape();
    } catch (IOException e) {
      failure = e;
      clock.shutdown();
    }
  }

  private void scrape() throws IOException {
    socket.getOutputStream().write(REQUEST);
    String status = line();
    if (!status.startsWith(OK)) {
      throw new IOException("/metrics: " + status + " (expected: 200)");
    }
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    if (length <= 0) {
      throw new IOException("/metrics: nothing of a told length (expected: Content-Length)");
    }
    in.skipNBytes(length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("/metrics: connection closed");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** @throws IOException if a scrape has failed, for then the round shows nothing */
  @Override
  public void close() throws IOException {
    IOException failed = failure;
    clock.shutdownNow();
    socket.close();
    if (failed != null) {
      throw failed;
    }
  }
}
