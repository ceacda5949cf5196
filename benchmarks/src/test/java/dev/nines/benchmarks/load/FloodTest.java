package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloodTest {

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger early = new AtomicInteger();
  private volatile long begin = System.nanoTime();
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hello", exchange -> {
      (System.nanoTime() - begin < 0 ? early : served).incrementAndGet();
      exchange.sendResponseHeaders(status, HELLO.length);
      exchange.getResponseBody().write(HELLO);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void requestsOfTheSecondAreCountedAndThoseBeforeItAreNot() throws Exception {
    begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    List<Histogram> seconds = flood();

    assertThat(early).hasPositiveValue();
    assertThat(seconds).singleElement().satisfies(second -> {
      assertThat(second.getTotalCount()).isPositive().isLessThanOrEqualTo(served.get());
      assertThat(second.getMaxValue()).isLessThan(TimeUnit.SECONDS.toNanos(100));
    });
  }

  @Test
  void aServerThatFailsShowsNothing() {
    status = 500;
    assertThatThrownBy(() -> flood()).hasMessageContaining("not 200");
  }

  private List<Histogram> flood() throws IOException {
    return Flood.of(server.getAddress().getPort(), begin, 1);
  }
}
