package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.budget.BudgetState;
import dev.nines.dependency.BreakerOpenException;
import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.Settings;
import dev.nines.request.HttpMethod;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardedHttpClientTest {

  private static final long LONGER_THAN_A_BLIP = Duration.ofMillis(1500).toNanos();

  private record Heard(
      CallOutcome outcome,
      @Nullable HttpMethod method,
      int status,
      @Nullable String errorType) {}

  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> traceparents = new CopyOnWriteArrayList<>();
  private final ExecutorService serverThreads = Executors.newCachedThreadPool();
  private Dependencies dependencies = started(Dependency.optional("payments"));
  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(serverThreads);
    server.createContext("/", exchange -> {
      List<String> sent = exchange.getRequestHeaders().get("traceparent");
      traceparents.addAll(sent == null ? List.of() : sent);
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    AtomicBoolean busy = new AtomicBoolean(true);
    server.createContext("/busy", exchange -> {
      boolean refused = busy.getAndSet(false);
      if (refused) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      exchange.sendResponseHeaders(refused ? 503 : 200, -1);
      exchange.close();
    });
    server.start();
    client = GuardedHttpClient.of(guard(), HttpClient.newHttpClient());
  }

  @AfterEach
  void stop() {
    dependencies.close();
    server.stop(0);
    serverThreads.shutdownNow();
    sdk.close();
  }

  private Dependencies started(Dependency declared) {
    Settings settings = Settings.derive(ReliabilityTargets.threeNines().toBuilder()
        .dependency(declared.targets())
        .build());
    Dependencies made = Dependencies.of(
        List.of(declared),
        settings,
        () -> BudgetState.NORMAL,
        TimeSource.system(),
        Tracing.using(sdk),
        new EventBus(),
        new Instruments());
    made.listen(call ->
        heard.add(new Heard(call.outcome(), call.method(), call.status(), call.errorType())));
    return made;
  }

  private void redeclare(Dependency declared) {
    dependencies.close();
    dependencies = started(declared);
    client = GuardedHttpClient.of(guard(), HttpClient.newHttpClient());
  }

  private Guard guard() {
    return dependencies.guards().get(0);
  }

  private HttpRequest.Builder to(int status) {
    return HttpRequest.newBuilder(URI.create(address() + "/" + status));
  }

  private String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Test
  void anAnswerArrivesUnchangedAndMetricsKnowMethodAndStatus() throws Exception {
    patiently();
    HttpRequest request = to(201).POST(BodyPublishers.ofString("charge")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("charge");
    assertThat(heard).containsExactly(new Heard(CallOutcome.SUCCESS, HttpMethod.POST, 201, null));
  }

  @Test
  void anAnswerOfFiveHundredIsAFailureAndStillArrives() throws Exception {
    patiently();
    assertThat(client.send(to(503).build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
    assertThat(client.sendAsync(to(500).build(), BodyHandlers.ofString()).get().statusCode())
        .isEqualTo(500);
    assertThat(heard)
        .containsExactly(
            new Heard(CallOutcome.FAILURE, HttpMethod.GET, 503, "503"),
            new Heard(CallOutcome.FAILURE, HttpMethod.GET, 500, "500"));
  }

  @Test
  void fourHundredsAreNoFailuresHoweverMany() throws Exception {
    patiently();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LONGER_THAN_A_BLIP || heard.size() < 10) {
      client.send(to(404).build(), BodyHandlers.ofString());
    }
    assertThat(guard().state()).isEqualTo(BreakerState.CLOSED);
    assertThat(heard).containsOnly(new Heard(CallOutcome.SUCCESS, HttpMethod.GET, 404, "404"));
  }

  @Test
  void theUserMaySayThatAFourHundredIsAFailure() throws Exception {
    redeclare(Dependency.optional("payments")
        .deadline(Duration.ofSeconds(20))
        .failureResultIf(answer -> ((HttpResponse<?>) answer).statusCode() == 429));
    client.send(to(429).build(), BodyHandlers.ofString());
    client.send(to(503).build(), BodyHandlers.ofString());
    assertThat(heard)
        .extracting(Heard::outcome)
        .containsExactly(CallOutcome.FAILURE, CallOutcome.SUCCESS);
  }

  @Test
  void anIdempotentRequestIsSentAgainAndTheServerSaysWhen() throws Exception {
    redeclare(Dependency.required("payments").deadline(Duration.ofSeconds(20)).idempotent());
    for (int i = 0; i < 40; i++) {
      client.send(to(200).build(), BodyHandlers.discarding());
    }
    heard.clear();
    long begun = System.nanoTime();
    HttpResponse<String> answer =
        client.send(to(200).uri(URI.create(address() + "/busy")).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(heard).extracting(Heard::status).containsExactly(503, 200);
    assertThat(client.sendAsync(to(503).build(), BodyHandlers.ofString()).get().statusCode())
        .isEqualTo(503);
    assertThat(heard).extracting(Heard::status).containsExactly(503, 200, 503, 503, 503);
  }

  @Test
  void ofPostsOnlyThoseWithAKeyAreSentAgain() throws Exception {
    redeclare(Dependency.required("payments").deadline(Duration.ofSeconds(20)).idempotent());
    for (int i = 0; i < 40; i++) {
      client.send(to(200).build(), BodyHandlers.discarding());
    }
    heard.clear();
    HttpRequest.Builder post = to(503).POST(BodyPublishers.ofString("charge"));
    client.send(post.build(), BodyHandlers.discarding());
    assertThat(heard).hasSize(1);
    client.send(
        post.setHeader("Idempotency-Key", "\"8e03978e\"").build(), BodyHandlers.discarding());
    assertThat(heard).hasSize(4);
  }

  @Test
  void aRefusedConnectionIsAFailureAndOpensTheBreaker() {
    patiently();
    server.stop(0);
    await().pollInterval(Duration.ofMillis(20)).until(() -> {
      assertThatThrownBy(() -> client.send(to(200).build(), BodyHandlers.ofString()))
          .isInstanceOfAny(ConnectException.class, BreakerOpenException.class);
      return guard().state() == BreakerState.OPEN;
    });
    assertThatThrownBy(() -> client.send(to(200).build(), BodyHandlers.ofString()))
        .isInstanceOf(BreakerOpenException.class);
    assertThatThrownBy(
            () -> client.sendAsync(to(200).build(), BodyHandlers.ofString()).join())
        .hasCauseInstanceOf(BreakerOpenException.class);
    assertThat(heard.get(heard.size() - 1))
        .isEqualTo(new Heard(CallOutcome.BREAKER_OPEN, HttpMethod.GET, 0, "breaker_open"));
  }

  @Test
  void theTraceContextGoesOutInPlaceOfAnyOther() throws Exception {
    patiently();
    Span span = sdk.getTracer("test").spanBuilder("server").startSpan();
    try (var scope = span.makeCurrent()) {
      String foreign = "00-11111111111111111111111111111111-2222222222222222-01";
      HttpRequest request = to(200).header("TraceParent", foreign).build();
      client.send(request, BodyHandlers.ofString());
      client.sendAsync(request, BodyHandlers.ofString()).get();
    }
    assertThat(traceparents)
        .hasSize(2)
        .allMatch(sent -> sent.substring(3, 35).equals(span.getSpanContext().getTraceId()))
        .noneMatch(sent -> sent.contains(span.getSpanContext().getSpanId()));
  }

  @Test
  void aServerThatNeverAnswersMeetsTheDeadlineBothWays() throws Exception {
    redeclare(Dependency.optional("payments").deadline(Duration.ofMillis(200)));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HttpRequest request = silent(silent);
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThatThrownBy(
              () -> client.sendAsync(request, BodyHandlers.ofString()).join())
          .hasCauseInstanceOf(DeadlineExceededException.class);
    }
    assertThat(heard)
        .containsOnly(new Heard(CallOutcome.TIMEOUT, HttpMethod.GET, 0, "timeout"))
        .hasSize(2);
  }

  @Test
  void aShorterTimeoutOfTheRequestsOwnStands() throws Exception {
    patiently();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HttpRequest request = HttpRequest.newBuilder(silent(silent), (name, value) -> true)
          .timeout(Duration.ofMillis(100))
          .build();
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
  }

  @Test
  void cancellingClosesTheConnectionAndCountsAsNeither() throws Exception {
    patiently();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<HttpResponse<String>> future =
          client.sendAsync(silent(silent), BodyHandlers.ofString());
      try (Socket accepted = silent.accept()) {
        accepted.setSoTimeout(30_000);
        assertThat(accepted.getInputStream().read()).isEqualTo('G');
        future.cancel(true);
        accepted.getInputStream().readAllBytes();
      }
    }
    assertThat(heard)
        .containsExactly(new Heard(CallOutcome.CANCELLED, HttpMethod.GET, 0, "cancelled"));
  }

  @Test
  void aConnectionCutWithinTheAnswerIsAFailure() throws Exception {
    patiently();
    try (ServerSocket cutting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<HttpResponse<String>> future =
          client.sendAsync(silent(cutting), BodyHandlers.ofString());
      try (Socket accepted = cutting.accept()) {
        accepted
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
                .getBytes(StandardCharsets.US_ASCII));
      }
      assertThatThrownBy(future::join).hasCauseInstanceOf(IOException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
  }

  @Test
  void whatIsNotSendingPassesThrough() {
    HttpClient own = HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(7))
        .followRedirects(HttpClient.Redirect.ALWAYS)
        .build();
    HttpClient guarded = GuardedHttpClient.of(guard(), own);
    assertThat(guarded.connectTimeout()).hasValue(Duration.ofSeconds(7));
    assertThat(guarded.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
    assertThat(guarded.version()).isEqualTo(own.version());
    assertThat(guarded.sslContext()).isSameAs(own.sslContext());
    assertThat(guarded.sslParameters().getProtocols())
        .isEqualTo(own.sslParameters().getProtocols());
    assertThat(guarded.executor()).isEqualTo(own.executor());
    assertThat(guarded.proxy()).isEqualTo(own.proxy());
    assertThat(guarded.authenticator()).isEqualTo(own.authenticator());
    assertThat(guarded.cookieHandler()).isEqualTo(own.cookieHandler());
    assertThat(guarded.newWebSocketBuilder()).isNotNull();
  }

  /** A deadline that no machine misses by being busy. */
  private void patiently() {
    redeclare(Dependency.optional("payments").deadline(Duration.ofSeconds(20)));
  }

  private static HttpRequest silent(ServerSocket socket) {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + socket.getLocalPort() + "/charge"))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
