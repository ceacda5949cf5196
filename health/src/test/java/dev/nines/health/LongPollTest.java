package dev.nines.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Nines;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import io.opentelemetry.api.OpenTelemetry;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for a change, over the admin port. */
class LongPollTest {

  private final AtomicReference<CheckResult> payments =
      new AtomicReference<>(CheckResult.healthy());
  private final HttpClient client = HttpClient.newHttpClient();
  private Nines nines;

  @BeforeEach
  void readyService() {
    nines = Nines.builder("checkout")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder()
            .detection(Duration.ofSeconds(5))
            .lifecycle(new LifecycleTimings(
                Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
            .build())
        .dependency(Dependency.optional("payments", run -> payments.get()))
        .install(HealthEndpoints.standard().withoutSaturation())
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"))
        .start();
    await()
        .until(() ->
            get("/ready").statusCode() == 200 && get("/health?check=payments").statusCode() == 200);
  }

  @AfterEach
  void close() {
    nines.close();
  }

  @Test
  void aChangeEndsTheWaitAndTheNextWaitBeginsWithItsTag() throws Exception {
    String healthy = tag(get("/health"));
    CompletableFuture<HttpResponse<String>> change = send("/health?wait=30s&since=" + healthy);
    CompletableFuture<HttpResponse<String>> fromNow = send("/health?wait=30s");
    await().until(() -> threads("nines-health-wait") == 1);
    assertThat(change).isNotDone();

    payments.set(CheckResult.unhealthy("down"));

    HttpResponse<String> degraded = change.get();
    assertThat(degraded.body()).contains("\"status\":\"degraded\"");
    assertThat(fromNow.get().body()).isEqualTo(degraded.body());
    assertThat(tag(degraded)).isNotEqualTo(healthy);
    assertThat(get("/health?wait=30s&since=" + healthy).body())
        .as("a change that came between two waits")
        .isEqualTo(degraded.body());
  }

  @Test
  void whenNothingChangesTheWaitEndsInTime() throws Exception {
    HttpResponse<String> same = get("/health?wait=300ms&since=" + tag(get("/health")));

    assertThat(same.statusCode()).isEqualTo(200);
    assertThat(tag(same)).isEqualTo(tag(get("/health")));
    assertThat(get("/health?wait=0s").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61s", "1h", "-1s", "30", "x", "", "9999999999999999999999999999s"})
  void aWaitThatIsNoneOrTooLongIsRefused(String wait) throws Exception {
    HttpResponse<String> refused = get("/health?wait=" + wait);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).isEqualTo("wait: (expected: 0s to 1m)\n");
  }

  /** The bound is 64; the others are told at once, and probes never notice. */
  @Test
  void thoseWhoWaitAreBoundedAndStarveNoProbe() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waits = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      waits.add(send("/health?wait=60s"));
    }
    await().until(() -> waits.stream().filter(CompletableFuture::isDone).count() == 200 - 64);

    for (CompletableFuture<HttpResponse<String>> wait : waits) {
      if (wait.isDone()) {
        assertThat(wait.get().statusCode()).isEqualTo(429);
        assertThat(wait.get().headers().firstValue("Retry-After")).hasValue("1");
      }
    }
    for (String path : List.of("/health", "/ready", "/live", "/startup")) {
      assertThat(get(path).statusCode()).isEqualTo(200);
    }
    assertThat(threads("nines-health-wait")).isEqualTo(1);
    assertThat(threads("nines-admin-health")).isLessThanOrEqualTo(2);

    nines.close();
    for (CompletableFuture<HttpResponse<String>> wait : waits) {
      assertThat(wait.get().statusCode()).isIn(200, 429);
    }
    await().until(() -> threads("nines-health-wait") == 0);
  }

  @Test
  void whoGoesAwayMakesRoom() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<Socket> impatient = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket("127.0.0.1", nines.adminPort().orElseThrow());
        impatient.add(socket);
        socket
            .getOutputStream()
            .write("GET /health?wait=60s HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      }
      await().until(() -> get("/health?wait=50ms").statusCode() == 429);
      for (Socket socket : impatient) {
        socket.close();
      }
      await().until(() -> get("/health?wait=50ms").statusCode() == 200);
    }
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow().replaceAll("W/|\"", "");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(path).get();
  }

  private CompletableFuture<HttpResponse<String>> send(String path) {
    return client.sendAsync(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + path))
        .timeout(Duration.ofSeconds(70))
        .build();
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
