package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.dependency.BreakerOpenException;
import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.dependency.GuardException;
import dev.nines.request.HttpMethod;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every guarded HTTP client does, seen on real sockets: its caller's service and the one that it calls are both Nines'. */
@Timeout(60)
abstract class GuardedClientContract {

  /** A deadline that no machine misses by being busy. */
  static final Duration PATIENT = Duration.ofSeconds(20);

  private static final LifecycleTimings AT_ONCE = new LifecycleTimings(
      Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30));

  record Heard(
      CallOutcome outcome,
      @Nullable HttpMethod method,
      int status,
      @Nullable String errorType) {}

  record Answer(int status, String body) {}

  /** One request, ready to be sent. */
  interface Sending {

    Answer send() throws IOException;

    void cancel();
  }

  /** Prepares a request by a client that the guard guards; a body makes it a POST. */
  abstract Sending prepare(Guard guard, URI uri, @Nullable String body, String... header);

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
      .setTracerProvider(SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(spans))
          .build())
      .build();
  final List<Heard> heard = new CopyOnWriteArrayList<>();
  final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<List<String>> traceparents = new CopyOnWriteArrayList<>();
  private Nines called;
  private HttpServer server;
  private @Nullable Nines caller;

  @BeforeEach
  void serve() throws IOException {
    called = nines("payments").start();
    server = called
        .http()
        .install(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            Routes.of("GET /{status}", "POST /{status}"));
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      traceparents.add(exchange.getRequestHeaders().getOrDefault("traceparent", List.of()));
      int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
      if (status == 503 && asked.incrementAndGet() > 1) {
        status = 200; // it is back at the second time
      }
      String trace = Span.current().getSpanContext().getTraceId();
      byte[] sent = exchange.getRequestBody().readAllBytes();
      byte[] body = sent.length == 0 ? trace.getBytes(StandardCharsets.US_ASCII) : sent;
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    called.close();
    if (caller != null) {
      caller.close();
    }
    sdk.close();
  }

  private NinesBuilder nines(String name) {
    return Nines.builder(name)
        .targets(ReliabilityTargets.builder().lifecycle(AT_ONCE).build())
        .openTelemetry(sdk)
        .withoutShutdownHook();
  }

  Guard guard(Duration deadline) {
    return guard(Dependency.optional("payments").deadline(deadline));
  }

  private Guard guard(Dependency declared) {
    Nines started =
        nines("checkout").dependency(declared).install(new Listening(heard)).start();
    caller = started;
    return started.guard("payments");
  }

  URI to(int status) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + status);
  }

  static URI to(ServerSocket socket) {
    return URI.create("http://localhost:" + socket.getLocalPort() + "/charge");
  }

  static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void anAnswerArrivesUnchangedAndMetricsKnowMethodAndStatus() throws Exception {
    Answer answer = prepare(guard(PATIENT), to(201), "charge").send();
    assertThat(answer).isEqualTo(new Answer(201, "charge"));
    assertThat(heard).containsExactly(new Heard(CallOutcome.SUCCESS, HttpMethod.POST, 201, null));
  }

  @Test
  void anAnswerOfFiveHundredIsAFailureAndStillArrivesAndFourHundredIsNone() throws Exception {
    Guard guard = guard(PATIENT);
    assertThat(prepare(guard, to(500), "charge").send()).isEqualTo(new Answer(500, "charge"));
    assertThat(prepare(guard, to(404), "charge").send()).isEqualTo(new Answer(404, "charge"));
    assertThat(heard)
        .containsExactly(
            new Heard(CallOutcome.FAILURE, HttpMethod.POST, 500, "500"),
            new Heard(CallOutcome.SUCCESS, HttpMethod.POST, 404, "404"));
  }

  @Test
  void theTraceGoesOnAtTheServerInPlaceOfWhatTheRequestCarried() throws Exception {
    Guard guard = guard(PATIENT);
    Span span = sdk.getTracer("test").spanBuilder("request").startSpan();
    Sending sending = prepare(
        guard,
        to(200),
        null,
        "TraceParent",
        "00-11111111111111111111111111111111-2222222222222222-01");
    try (Scope scope = span.makeCurrent()) {
      assertThat(sending.send().body()).isEqualTo(span.getSpanContext().getTraceId());
    }
    assertThat(traceparents).hasSize(1);
    assertThat(traceparents.get(0)).hasSize(1);
    SpanData client = await().until(() -> spanOf(SpanKind.CLIENT), found -> found != null);
    SpanData served = await().until(() -> spanOf(SpanKind.SERVER), found -> found != null);
    assertThat(client.getParentSpanId()).isEqualTo(span.getSpanContext().getSpanId());
    assertThat(served.getParentSpanId()).isEqualTo(client.getSpanId());
    assertThat(client.getName()).isEqualTo("GET");
    assertThat(client.getAttributes().asMap().toString())
        .contains("http.response.status_code=200", "url.full=" + to(200));
  }

  private @Nullable SpanData spanOf(SpanKind kind) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getKind() == kind)
        .findFirst()
        .orElse(null);
  }

  @Test
  void aServerThatNeverAnswersMeetsTheDeadline() throws Exception {
    Guard guard = guard(Duration.ofMillis(200));
    try (ServerSocket silent = silent()) {
      Throwable thrown = catchThrowable(prepare(guard, to(silent), null)::send);
      assertThat(told(thrown)).isInstanceOf(DeadlineExceededException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
    assertThat(heard).containsExactly(new Heard(CallOutcome.TIMEOUT, HttpMethod.GET, 0, "timeout"));
  }

  @Test
  void aServerThatDripsItsHeadersMeetsTheDeadlineToo() throws Exception {
    Guard guard = guard(Duration.ofMillis(300));
    try (ServerSocket dripping = silent()) {
      threads.execute(() -> drip(dripping));
      Throwable thrown = catchThrowable(prepare(guard, to(dripping), null)::send);
      assertThat(told(thrown)).isInstanceOf(DeadlineExceededException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.TIMEOUT);
  }

  /** Sends a byte now and then, so that no read takes long, until the client hangs up. */
  private static void drip(ServerSocket dripping) {
    try (Socket accepted = dripping.accept()) {
      accepted
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      accepted.setSoTimeout(20);
      while (true) {
        accepted.getOutputStream().write('x');
        try {
          if (accepted.getInputStream().read() < 0) {
            return;
          }
        } catch (SocketTimeoutException e) {
          // nothing said meanwhile
        }
      }
    } catch (IOException e) {
      // it hung up
    }
  }

  @Test
  void aRefusedConnectionIsAFailureAndOpensTheBreaker() throws Exception {
    Guard guard = guard(PATIENT);
    int port;
    try (ServerSocket closing = silent()) {
      port = closing.getLocalPort();
    }
    URI nobody = URI.create("http://localhost:" + port + "/charge");
    await().pollInterval(Duration.ofMillis(20)).until(() -> {
      assertThat(told(catchThrowable(prepare(guard, nobody, null)::send)))
          .isInstanceOfAny(ConnectException.class, BreakerOpenException.class);
      return guard.state() == BreakerState.OPEN;
    });
    assertThat(told(catchThrowable(prepare(guard, nobody, null)::send)))
        .isInstanceOf(BreakerOpenException.class);
    assertThat(heard.get(0).outcome()).isEqualTo(CallOutcome.FAILURE);
    assertThat(heard.get(heard.size() - 1))
        .isEqualTo(new Heard(CallOutcome.BREAKER_OPEN, HttpMethod.GET, 0, "breaker_open"));
  }

  @Test
  void cancellingClosesTheConnectionAndCountsAsNeither() throws Exception {
    Guard guard = guard(PATIENT);
    try (ServerSocket silent = silent()) {
      Sending sending = prepare(guard, to(silent), null);
      CompletableFuture<Throwable> sent =
          CompletableFuture.supplyAsync(() -> catchThrowable(sending::send), threads);
      try (Socket accepted = silent.accept()) {
        accepted.setSoTimeout(30_000);
        assertThat(accepted.getInputStream().read()).isEqualTo('G');
        sending.cancel();
        awaitHangup(accepted);
      }
      assertThat(sent.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
    assertThat(heard)
        .containsExactly(new Heard(CallOutcome.CANCELLED, HttpMethod.GET, 0, "cancelled"));
  }

  /** Some clients take leave, some reset the connection. */
  private static void awaitHangup(Socket accepted) throws IOException {
    try {
      accepted.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void aConnectionCutBeforeTheAnswerIsAFailure() throws Exception {
    Guard guard = guard(PATIENT);
    try (ServerSocket cutting = silent()) {
      Sending sending = prepare(guard, to(cutting), "charge");
      CompletableFuture<Throwable> sent =
          CompletableFuture.supplyAsync(() -> catchThrowable(sending::send), threads);
      try (Socket accepted = cutting.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo('P');
      }
      assertThat(sent.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
  }

  @Test
  void anIdempotentRequestIsRepeatedAndThePoolHasItsConnectionsBack() throws Exception {
    Guard guard = guard(Dependency.optional("payments").deadline(PATIENT).idempotent());
    for (int i = 0; i < 20; i++) { // earns the budget of repetitions
      prepare(guard, to(200), null).send();
    }
    heard.clear();
    assertThat(prepare(guard, to(503), null).send().status()).isEqualTo(200);
    assertThat(heard)
        .extracting(Heard::outcome)
        .containsExactly(CallOutcome.FAILURE, CallOutcome.SUCCESS);
    assertThat(leased()).isZero();
  }

  @Test
  void aPostThatSaysNothingOfItIsSentOnce() throws Exception {
    Guard guard = guard(Dependency.optional("payments").deadline(PATIENT).idempotent());
    for (int i = 0; i < 20; i++) {
      prepare(guard, to(200), null).send();
    }
    assertThat(prepare(guard, to(503), "charge").send().status()).isEqualTo(503);
  }

  /** Returns how many connections are in use. */
  abstract int leased();

  /** Returns what the guard threw, which some clients hand out as a cause. */
  private static Throwable told(Throwable thrown) {
    return thrown instanceof IOException && thrown.getCause() instanceof GuardException guards
        ? guards
        : thrown;
  }

  /** Hears of each call. */
  private record Listening(List<Heard> heard) implements Feature {

    @Override
    public String name() {
      return "listening";
    }

    @Override
    public void install(FeatureContext context) {
      context.onCall(call ->
          heard.add(new Heard(call.outcome(), call.method(), call.status(), call.errorType())));
    }
  }
}
