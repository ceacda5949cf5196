package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.http.Routes;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way: a real server, the builder, and a scrape over HTTP. */
class RealServiceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .peakRequestsPerSecond(new BigDecimal(20))
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Nines nines = Nines.builder("shop")
      .targets(TARGETS)
      .install(GoldenSignals.prometheus())
      .admin(AdminServer.onPort(0))
      .start();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = nines.http().install(HttpServer.create(anyPort, 0), Routes.of("GET /orders/{id}"));
    server.createContext("/orders", RealServiceTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    nines.close();
  }

  @Test
  void requestsAreSeenInAScrapeAndScrapesAreNot() throws Exception {
    get(app("/orders/1"), "x", "y");
    get(app("/orders/2"), "x", "y");

    Awaitility.await().untilAsserted(() -> {
      Exposition exposed = scrape();
      assertThat(exposed.value(
              "http_server_request_duration_seconds_count",
              "http_route",
              "/orders/{id}",
              "http_response_status_code",
              "200"))
          .isEqualTo(2);
      assertThat(exposed.value("nines_exchanges_total", "outcome", "success")).isEqualTo(2);
      assertThat(exposed.value("nines_requests_good_total", "objective", "errors"))
          .isEqualTo(2);
      assertThat(exposed.value("http_server_active_requests")).isZero();
      assertThat(exposed.value("nines_build_info", "service", "shop")).isEqualTo(1);
    });
  }

  @Test
  void requestsInFlightAreMeasuredAgainstWhatLittlesLawAllows() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    server.createContext("/held", exchange -> {
      await(answer);
      answer(exchange);
    });
    CompletableFuture<?> held = client.sendAsync(
        HttpRequest.newBuilder(app("/held")).build(), HttpResponse.BodyHandlers.discarding());

    // 20 a second, for at most the 500 ms of p99
    Awaitility.await().untilAsserted(() -> assertThat(
            scrape().value("nines_saturation_ratio", "resource", "requests"))
        .isEqualTo(0.1));
    answer.countDown();
    held.join();
  }

  @Test
  void aCallersSampledTraceIsFoundOnABucket() throws Exception {
    get(app("/orders/1"), "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    Awaitility.await().untilAsserted(() -> {
      HttpResponse<byte[]> response =
          get(admin(), "Accept", "application/openmetrics-text; version=1.0.0");
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
      assertThat(text(response.body())).contains("trace_id=\"" + TRACE + "\"");
    });
  }

  @Test
  void aZippedScrapeIsTheSameOne() throws Exception {
    HttpResponse<byte[]> response = get(admin(), "Accept-Encoding", "gzip");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(text(in.readAllBytes())).contains("nines_ready 1.0");
    }
  }

  @Test
  void floodsOfPathsAndMethodsAndIdsMakeUnder50Series() throws Exception {
    get(app("/orders/1"), "x", "y");
    int before = scrape().samples().size();

    InetSocketAddress address = server.getAddress();
    for (int i = 0; i < 300; i++) {
      raw(address, "GET /unknown/" + i);
      raw(address, "GET /orders/" + i + "/deeper");
      raw(address, "BREW" + i + " /orders/" + i);
      raw(address, "GET /orders/forged-" + i);
    }

    Awaitility.await().untilAsserted(() -> assertThat(
            scrape().value("nines_requests_good_total", "objective", "errors"))
        .isGreaterThan(900));
    assertThat(scrape().samples().size() - before).isLessThan(50);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean known = !exchange.getRequestURI().getPath().contains("forged");
    exchange.sendResponseHeaders(known ? 200 : 404, -1);
    exchange.close();
  }

  private static void raw(InetSocketAddress address, String requestLine) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.getInputStream().readAllBytes();
    }
  }

  private Exposition scrape() throws IOException, InterruptedException {
    return Exposition.parse(text(get(admin(), "Accept", "text/plain").body()));
  }

  private HttpResponse<byte[]> get(URI uri, String header, String value)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).header(header, value).build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private URI app(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private URI admin() {
    return URI.create("http://localhost:" + nines.adminPort().orElseThrow() + "/metrics");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
