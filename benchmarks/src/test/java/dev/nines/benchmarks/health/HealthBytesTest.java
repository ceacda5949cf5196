package dev.nines.benchmarks.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.CheckResult;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** {@code /health} is read from memory: it costs about what a constant answer costs, however many checks there are. */
class HealthBytesTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REQUESTS = 1_000;
  private static final int ROUNDS = 8;
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  @Test
  void anAnswerAllocatesLittleMoreThanAConstantOneAndTheSameForManyChecks() throws Exception {
    double few = bytesOfHealth(10);
    double many = bytesOfHealth(1_000);
    double constant = bytesOfAConstant();

    assertThat(few).as("beside a bare server's %s bytes", constant).isBetween(1.0, 1.5 * constant);
    assertThat(many).as("of 1,000 checks").isBetween(0.9 * few, 1.1 * few);
  }

  private static double bytesOfHealth(int checks) throws Exception {
    HealthEndpoints health = HealthEndpoints.standard();
    for (int i = 0; i < checks; i++) {
      health.check("check-" + i, run -> CheckResult.healthy());
    }
    try (Nines nines = Nines.builder("benchmark")
        .targets(Promises.closingAtOnce())
        .install(health)
        .admin(AdminServer.onPort(0))
        .withoutShutdownHook()
        .start()) {
      return bytesOfAnAnswer(nines.adminPort().orElseThrow());
    }
  }

  private static double bytesOfAConstant() throws Exception {
    byte[] body = "{\"status\":\"pass\"}".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    server.setExecutor(threads);
    server.createContext("/health", exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/health+json");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    });
    server.start();
    try {
      return bytesOfAnAnswer(server.getAddress().getPort());
    } finally {
      server.stop(0);
      threads.shutdown();
    }
  }

  /** Returns what all threads but the client's allocate, over the least of several rounds: others have work, too. */
  private static double bytesOfAnAnswer(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
      KeptConnection connection = new KeptConnection(socket);
      double least = Double.MAX_VALUE;
      int rounds = 0;
      for (long end = System.nanoTime() + PATIENCE; rounds < ROUNDS && System.nanoTime() < end; ) {
        long before = others();
        boolean healthy = true;
        for (int i = 0; i < REQUESTS; i++) {
          healthy &= connection.get().startsWith("HTTP/1.1 200");
        }
        if (healthy) { // on a busy machine the first checks, or late ones, make it another answer
          least = Math.min(least, (double) (others() - before) / REQUESTS);
          rounds++;
        }
      }
      assertThat(rounds).as("rounds of healthy answers").isPositive();
      return least;
    }
  }

  private static long others() {
    long own = Thread.currentThread().getId();
    long[] ids =
        Arrays.stream(THREADS.getAllThreadIds()).filter(id -> id != own).toArray();
    return Arrays.stream(THREADS.getThreadAllocatedBytes(ids))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  /** A client that asks for one thing on one connection. */
  private static final class KeptConnection {

    private static final byte[] REQUEST =
        "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length: ";

    private final byte[] buffer = new byte[8_192];
    private final InputStream in;
    private final OutputStream out;

    KeptConnection(Socket socket) throws IOException {
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /** Returns the answer, once all of it has come. */
    String get() throws IOException {
      out.write(REQUEST);
      int length = 0;
      int whole = Integer.MAX_VALUE;
      while (length < whole) {
        int read = in.read(buffer, length, buffer.length - length);
        if (read < 0) {
          throw new IOException("The server closed the connection");
        }
        length += read;
        whole = whole(new String(buffer, 0, length, StandardCharsets.US_ASCII));
      }
      return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    private static int whole(String text) {
      int head = text.indexOf("\r\n\r\n");
      if (head < 0) {
        return Integer.MAX_VALUE;
      }
      String lower = text.substring(0, head + 2).toLowerCase(java.util.Locale.ROOT);
      int at = lower.indexOf(LENGTH) + LENGTH.length();
      return head + 4 + Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
    }
  }
}
