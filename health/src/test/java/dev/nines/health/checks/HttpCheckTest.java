package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.nines.dependency.CheckResult;
import dev.nines.testing.FairClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger redirected = new AtomicInteger();
  private final AtomicReference<String> body = new AtomicReference<>("");
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
    server.createContext("/body", exchange -> {
      byte[] text = body.get().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(text);
      }
    });
    server.createContext(
        "/header",
        exchange -> answer(
            exchange,
            "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? 200
                : 401));
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

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"200, UNHEALTHY", "204, HEALTHY", "404, HEALTHY", "500, UNHEALTHY"})
  void anotherExpectationOfTheStatusReplacesTheStandard(int status, CheckResult.Status expected)
      throws Exception {
    HttpCheck check = Checks.http(uri("/status/" + status)).status(404, 204);

    CheckResult result = run(check);

    assertThat(result.status()).isEqualTo(expected);
    if (expected == CheckResult.Status.UNHEALTHY) {
      assertThat(result.message()).isEqualTo("answered " + status + " (expected: 204, 404)");
    }
  }

  @Test
  void aBodyOtherThanTheExpectedFailsUntilItIsBack() throws Exception {
    HttpCheck check = Checks.http(uri("/body")).containing("\"ready\": true");
    body.set("{\"ready\": true, \"städte\": 5}");
    assertThat(run(check)).isEqualTo(CheckResult.healthy());
    assertThat(run(check.body(text -> text.contains("städte")))).isEqualTo(CheckResult.healthy());

    body.set("{\"ready\": false, \"secret\": \"s3cret\"}");
    assertThat(run(check))
        .isEqualTo(CheckResult.unhealthy("answered 200 with a body other than the expected one"));
    body.set("{\"ready\": true}");
    assertThat(run(check)).isEqualTo(CheckResult.healthy());
    assertThat(run(check.body(text -> text.contains("städte"))).status())
        .as("all tests must pass")
        .isEqualTo(CheckResult.Status.UNHEALTHY);
  }

  @Test
  void ofALongBodyTheStartCounts() throws Exception {
    HttpCheck check = Checks.http(uri("/body"));
    body.set("begin" + ".".repeat(1_000_000) + "end");

    assertThat(run(check.containing("begin"))).isEqualTo(CheckResult.healthy());
    assertThat(run(check.containing("end")).status()).isEqualTo(CheckResult.Status.UNHEALTHY);
    assertThat(run(check.body(text -> text.length() == BodyStart.MOST_BYTES)))
        .isEqualTo(CheckResult.healthy());
  }

  @Test
  void headersAreSentAndNoneThatCouldBreakTheProtocol() throws Exception {
    HttpCheck check = Checks.http(uri("/header")).status(200);

    assertThat(run(check).message()).startsWith("answered 401");
    assertThat(run(check.header("Authorization", "Bearer s3cret")))
        .isEqualTo(CheckResult.healthy());
    assertThatThrownBy(() -> check.header("Authorization", "s3cret\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("header: 'Authorization' (expected: ")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> check.header("Content-Length", "5"))
        .hasMessageStartingWith("header: 'Content-Length' (expected: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 199, 600})
  void aStatusThatNobodyAnswersIsRefused(int status) {
    assertThatThrownBy(() -> Checks.http(uri("/")).status(200, status))
        .hasMessage("status: " + status + " (expected: 200 to 599)");
    assertThatThrownBy(() -> Checks.http(uri("/")).status())
        .hasMessage("status: none (expected: at least one)");
  }

  @Test
  void overTlsTheServerMustBeTrusted(@TempDir Path directory) throws Exception {
    TestKeys keys = TestKeys.make(directory.resolve("keys.p12"), "localhost", -1, 365);
    HttpsServer tls =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
    tls.createContext("/", exchange -> answer(exchange, 204));
    tls.start();
    try {
      HttpCheck check =
          Checks.http(URI.create("https://localhost:" + tls.getAddress().getPort() + "/"));

      assertThat(run(check.tls(keys.context()))).isEqualTo(CheckResult.healthy());
      assertThatThrownBy(() -> run(check)).isInstanceOf(SSLHandshakeException.class);
    } finally {
      tls.stop(0);
    }
  }

  @Test
  void aServerThatIsGoneFailsUntilItIsBack() throws Exception {
    HttpCheck check = Checks.http(uri("/status/200"));
    InetSocketAddress address = server.getAddress();
    assertThat(run(check)).isEqualTo(CheckResult.healthy());

    server.stop(0);
    assertThatThrownBy(() -> run(check)).isInstanceOf(IOException.class);
    server = HttpServer.create(address, 0);
    server.createContext("/status/", exchange -> answer(exchange, 200));
    server.start();
    assertThat(run(check)).isEqualTo(CheckResult.healthy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hang", "/drip"})
  void whatDoesNotAnswerCompletelyFailsInTime(String path) throws Exception {
    HttpCheck check = Checks.http(uri(path));
    Duration took = FairClock.timing(() -> assertThatThrownBy(() -> check.run(new TestRun(TIMEOUT)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("request timed out|no complete answer in time"));
    assertThat(took).isLessThan(TIMEOUT.multipliedBy(4));
  }

  @Test
  void anAbortEndsItBeforeItsTime() throws Exception {
    TestRun run = new TestRun(Duration.ofMinutes(1));
    CountDownLatch asked = new CountDownLatch(1);
    server.createContext("/asked", exchange -> {
      asked.countDown();
      await();
    });
    CompletableFuture<CheckResult> result = CompletableFuture.supplyAsync(() -> {
      try {
        return Checks.http(uri("/asked")).run(run);
      } catch (Exception e) {
        return CheckResult.unhealthy("aborted");
      }
    });
    asked.await();

    run.abort();

    assertThat(result.orTimeout(30, TimeUnit.SECONDS).join())
        .isEqualTo(CheckResult.unhealthy("aborted"));
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

  private static CheckResult run(HttpCheck check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(10)));
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
