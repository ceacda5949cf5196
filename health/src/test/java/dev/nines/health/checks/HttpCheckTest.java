package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.dependency.CheckResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger redirected = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/status/", exchange -> {
      String path = exchange.getRequestURI().getPath();
      exchange.getResponseHeaders().add("Location", "/redirected");
      answer(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    });
    server.createContext("/redirected", exchange -> {
      redirected.incrementAndGet();
      answer(exchange, 500);
    });
    server.createContext("/hang", exchange -> await());
    server.createContext("/drip", this::drip);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "200, HEALTHY",
    "204, HEALTHY",
    "302, HEALTHY",
    "399, HEALTHY",
    "400, UNHEALTHY",
    "404, UNHEALTHY",
    "500, UNHEALTHY",
    "503, UNHEALTHY"
  })
  void theStatusDecidesAndRedirectsAreNotFollowed(int status, CheckResult.Status expected)
      throws Exception {
    CheckResult result =
        Checks.http(uri("/status/" + status)).run(new TestRun(Duration.ofSeconds(10)));

    assertThat(result.status()).isEqualTo(expected);
    assertThat(redirected).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hang", "/drip"})
  void whatDoesNotAnswerCompletelyFailsInTime(String path) {
    long from = System.nanoTime();

    assertThatThrownBy(() -> Checks.http(uri(path)).run(new TestRun(TIMEOUT)))
        .isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - from))
        .isBetween(TIMEOUT.minusMillis(50), TIMEOUT.multipliedBy(4));
  }

  @Test
  void anAbortEndsItBeforeItsTime() throws Exception {
    TestRun run = new TestRun(Duration.ofMinutes(1));
    Thread aborter = new Thread(() -> {
      await(Duration.ofMillis(200));
      run.abort();
    });
    aborter.start();

    assertThatThrownBy(() -> Checks.http(uri("/hang")).run(run)).isInstanceOf(Exception.class);
    aborter.join();
  }

  @Test
  void aPortWhereNobodyListensFails() {
    URI gone = uri("/status/200");
    server.stop(0);

    assertThatThrownBy(() -> Checks.http(gone).run(new TestRun(TIMEOUT)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "/relative", "mailto:a@b", "http:opaque"})
  void onlyAbsoluteHttpUrisAreTaken(String uri) {
    assertThatThrownBy(() -> Checks.http(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: an absolute http or https URI");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** Promises much and sends a byte at a time, for ever. */
  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1_000_000);
    try (OutputStream body = exchange.getResponseBody()) {
      while (!await(Duration.ofMillis(50))) {
        body.write('.');
        body.flush();
      }
    }
  }

  private void await() {
    await(Duration.ofMinutes(1));
  }

  private boolean await(Duration most) {
    try {
      return over.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
