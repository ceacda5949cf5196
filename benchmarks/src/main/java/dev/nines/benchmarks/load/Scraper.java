package dev.nines.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads {@code /metrics} as Prometheus 2.42 does, with its headers, on one connection, at set times: {@code PORT FIRST PERIOD COUNT},
 * the first in milliseconds since 1970, the period in milliseconds. Then it writes how many milliseconds a scrape took in
 * the mean. A process of its own, so that it can be given less of a processor than the one that measures beside it.
 */
final class Scraper {

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

  private final Socket socket;
  private final InputStream in;

  private Scraper(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  public static void main(String[] args) throws IOException {
    long due = Long.parseLong(args[1]);
    int count = Integer.parseInt(args[3]);
    long nanos = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      Scraper scraper = new Scraper(socket);
      for (int i = 0; i < count; i++) {
        await(due);
        long begin = System.nanoTime();
        scraper.scrape();
        nanos += System.nanoTime() - begin;
        due += Long.parseLong(args[2]);
      }
    }
    System.out.printf(Locale.ROOT, "%.1f", nanos / 1e6 / count);
  }

  private static void await(long due) {
    for (long left = due - System.currentTimeMillis();
        left > 0;
        left = due - System.currentTimeMillis()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
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
}
