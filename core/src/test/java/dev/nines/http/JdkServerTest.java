package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JDK's server as a user runs it, spoken to through real sockets. */
class JdkServerTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
  private static final byte[] BIG = new byte[8 << 20];

  private final Recorder recorder = new Recorder();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer plain;
  private HttpServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.setExecutor(threads);
    server = recorder.adapters.install(
        plain, Routes.of("GET /orders/{id}", "POST /orders", "GET /orders"));
    server.start();
    client = new RawClient(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpHandler handler) {
    server.createContext("/orders", handler);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static String post(String path, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
        + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void anAnswerIsCountedWithItsRouteMethodStatusAndSizes() throws IOException {
    serve(exchange -> {
      exchange.getRequestBody().readAllBytes();
      answer(exchange, 201, "made");
    });

    assertThat(client.exchange(post("/orders?x=1", "abc"))).contains("201").endsWith("made");

    Exchange exchange = recorder.only();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(exchange.status()).isEqualTo(201);
    assertThat(exchange.route().template()).isEqualTo("/orders");
    assertThat(exchange.method().label()).isEqualTo("POST");
    assertThat(exchange.target()).isEqualTo("/orders");
    assertThat(exchange.requestBytes()).isEqualTo(3);
    assertThat(exchange.responseBytes()).isEqualTo(4);
    assertThat(exchange.client()).isIn("127.0.0.1", "localhost");
    assertThat(exchange.protocol()).isEqualTo("HTTP/1.1");
    assertThat(exchange.scheme()).isEqualTo("http");
  }

  @Test
  void theHandlerRunsInsideTheCallersTrace() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>();
    serve(exchange -> {
      seen.set(Span.current().getSpanContext().getTraceId());
      assertThat(Exchange.current()).isNotNull();
      answer(exchange, 200, "x");
    });

    client.exchange("GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: "
        + TRACEPARENT + "\r\n\r\n");

    assertThat(seen).hasValue(TRACE_ID);
    assertThat(recorder.onlySpan().getTraceId()).isEqualTo(TRACE_ID);
    assertThat(recorder.onlySpan().getName()).isEqualTo("GET /orders/{id}");
  }

  @Test
  void aRepeatedTraceparentIsNone() throws IOException {
    serve(exchange -> answer(exchange, 200, "x"));

    client.exchange("GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: "
        + TRACEPARENT + "\r\ntraceparent: " + TRACEPARENT + "\r\n\r\n");

    assertThat(recorder.onlySpan().getTraceId()).isNotEqualTo(TRACE_ID);
  }

  @Test
  void severalLinesOfTracestateAreJoined() throws IOException {
    serve(exchange -> answer(exchange, 200, "x"));

    client.exchange("GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: "
        + TRACEPARENT + "\r\ntracestate: a=1\r\ntracestate: b=2\r\n\r\n");

    assertThat(recorder.onlySpan().getSpanContext().getTraceState().asMap())
        .containsEntry("a", "1")
        .containsEntry("b", "2");
  }

  @Test
  void aHandlersExceptionBecomesA500WithoutDetailsAndIsToldInsideTheTrace() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("X-Secret", "half made");
      throw new IllegalStateException("password is hunter2");
    });

    String answer = client.get("/orders/7");

    assertThat(answer)
        .startsWith("HTTP/1.1 500")
        .doesNotContain("hunter2")
        .doesNotContain("X-Secret");
    Exchange exchange = recorder.only();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(recorder.events).singleElement().satisfies(told -> {
      assertThat(told.event().type()).isEqualTo("handler_failed");
      assertThat(told.event().message()).doesNotContain("hunter2");
      assertThat(told.event().cause()).hasMessage("password is hunter2");
      assertThat(told.traceId()).isEqualTo(exchange.span().getSpanContext().getTraceId());
    });
  }

  @Test
  void anErrorBecomesA500Too() throws IOException {
    serve(exchange -> {
      throw new NoClassDefFoundError("gone");
    });

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 500");
    assertThat(recorder.only().errorType()).isEqualTo("java.lang.NoClassDefFoundError");
  }

  @Test
  void anExceptionAfterTheFirstBytesCutsTheAnswerOff() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      throw new IllegalStateException("half way");
    });

    String answer = client.get("/orders/7");

    assertThat(answer).contains("half").doesNotContain("\r\n0\r\n");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(recorder.only().status()).isEqualTo(200);
  }

  @Test
  void anIOExceptionOfADatabaseIsNoAbort() throws IOException {
    serve(exchange -> {
      throw new IOException("Broken pipe"); // to the database, not to the client
    });

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 500");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @Test
  void aClientThatHangsUpDuringTheAnswerIsAnAbort() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, BIG.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(BIG);
      }
    });

    client.resetAfterFirstBytes("GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
    assertThat(recorder.only().status()).isEqualTo(200);
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void aHalfRequestIsAnAbortWhetherTheHandlerThrowsOrCloses() throws IOException {
    serve(exchange -> exchange.getRequestBody().readAllBytes());
    server.createContext("/closing", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });

    client.hangUpAfter("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew");
    client.hangUpAfter("POST /closing HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew");

    recorder.awaitEnded(2);
    assertThat(recorder.ended).allMatch(e -> e.outcome() == Outcome.CLIENT_ABORT);
  }

  @Test
  void anAnswerFromAnotherThreadEndsTheExchangeWhenItIsSent() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    AtomicReference<HttpExchange> kept = new AtomicReference<>();
    serve(exchange -> {
      kept.set(exchange);
      returned.countDown();
    });

    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> getUnchecked("/orders/7"), threads);
    returned.await();
    assertThat(recorder.requests.active()).isEqualTo(1);
    assertThat(recorder.ended).isEmpty();
    answer(kept.get(), 200, "late");

    assertThat(answer.get()).endsWith("late");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  private String getUnchecked(String path) {
    try {
      return client.get(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void headersWithoutABodyEndIt() throws IOException {
    serve(exchange -> exchange.sendResponseHeaders(204, -1));

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 204");
    assertThat(recorder.only().status()).isEqualTo(204);
  }

  @Test
  void headEndsWithTheHeaders() throws IOException {
    serve(exchange -> exchange.sendResponseHeaders(200, -1));

    client.exchange("HEAD /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(recorder.only().method().label()).isEqualTo("HEAD");
    assertThat(recorder.only().route().template()).isEqualTo("/orders/{id}");
  }

  @Test
  void closingWithoutAnAnswerIsAServerErrorWithoutStatus() throws IOException {
    serve(HttpExchange::close);

    assertThat(client.get("/orders/7")).isEmpty();
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(recorder.only().status()).isZero();
    assertThat(recorder.only().errorType()).isEqualTo("_OTHER");
  }

  @Test
  void closingTheExchangeEndsAnAnswerWhoseBodyIsOpen() throws IOException {
    serve(exchange -> {
      try (exchange) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('x');
      }
    });

    assertThat(client.get("/orders/7")).endsWith("1\r\nx\r\n0\r\n\r\n");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void anAnswerShorterThanDeclaredIsAServerError() throws IOException {
    serve(exchange -> {
      try (exchange) {
        exchange.sendResponseHeaders(200, 10);
        exchange.getResponseBody().write('x');
      }
    });

    client.get("/orders/7");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @Test
  void anAnswerLongerThanDeclaredIsAServerErrorAndNoAbort() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 1);
      exchange.getResponseBody().write(new byte[10]);
    });

    client.get("/orders/7");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @Test
  void streamsThatAFilterReplacesAreFollowed() throws IOException {
    server
        .createContext("/orders", exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write("zipped".getBytes(StandardCharsets.UTF_8));
          }
        })
        .getFilters()
        .add(Filter.beforeHandler("gzip", JdkServerTest::zip));

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 200");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(recorder.only().responseBytes()).isPositive();
  }

  private static void zip(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.setStreams(null, new LazyGzip(exchange.getResponseBody()));
  }

  /** GZIPOutputStream writes its header at once, which the JDK's server refuses before the headers are sent. */
  private static final class LazyGzip extends OutputStream {
    private final OutputStream target;
    private GZIPOutputStream zip;

    LazyGzip(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      if (zip == null) {
        zip = new GZIPOutputStream(target);
      }
      zip.write(b);
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  @Test
  void anEarlyAnswerOfTheUsersFilterEndsIt() throws IOException {
    server
        .createContext("/orders", exchange -> answer(exchange, 200, "x"))
        .getFilters()
        .add(new Filter() {
          @Override
          public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            exchange.sendResponseHeaders(429, -1);
          }

          @Override
          public String description() {
            return "refuses";
          }
        });

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 429");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @Test
  void aPathWithoutAContextIsA404UnderOther() throws IOException {
    serve(exchange -> answer(exchange, 200, "x"));

    assertThat(client.get("/nowhere")).startsWith("HTTP/1.1 404");
    assertThat(recorder.only().route().template()).isEqualTo("_OTHER");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @Test
  void theUsersOwnRootTakesThePlaceOfOursAndGivesItBack() throws IOException {
    server.createContext("/", exchange -> answer(exchange, 200, "mine"));
    assertThat(client.get("/nowhere")).endsWith("mine");
    server.removeContext("/");
    assertThat(client.get("/nowhere")).startsWith("HTTP/1.1 404");
    recorder.awaitEnded(2);
    assertThatThrownBy(() -> server.removeContext("/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathThatOnlyBeginsLikeARouteIsServedByTheJdkAndNamedOther() throws IOException {
    serve(exchange -> answer(exchange, 200, "x"));

    assertThat(client.get("/ordersfoo")).startsWith("HTTP/1.1 200");
    assertThat(recorder.only().route().template()).isEqualTo("_OTHER");
  }

  @Test
  void aMethodThatNobodyKnowsIsOtherAndKeepsTheTemplate() throws IOException {
    serve(exchange -> exchange.sendResponseHeaders(405, -1));

    client.exchange("BREW /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(recorder.only().method().label()).isEqualTo("_OTHER");
    assertThat(recorder.only().route().template()).isEqualTo("/orders/{id}");
    assertThat(recorder.onlySpan().getName()).isEqualTo("HTTP /orders/{id}");
  }

  @Test
  void whileDrainingNewRequestsAreRefusedAndTheConnectionIsClosed() throws IOException {
    serve(exchange -> answer(exchange, 200, "x"));
    recorder.accepting = false;

    String answer = client.exchange(
        "GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n"); // returns, for the server closes

    assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Connection: close");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void aConnectionThatWeCloseWhileStoppingIsNoClientsAbort() throws Exception {
    CountDownLatch serving = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    serve(exchange -> {
      exchange.sendResponseHeaders(200, BIG.length);
      serving.countDown();
      awaitUnchecked(stopped);
      exchange.getResponseBody().write(BIG);
    });

    try (Socket socket = client.connected("GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n")) {
      serving.await();
      recorder.accepting = false;
      server.stop(0);
      stopped.countDown();
      assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
      assertThat(socket.isClosed()).isFalse();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAuthenticatorWorksAndItsRefusalsAreCounted() throws IOException {
    AtomicReference<String> user = new AtomicReference<>();
    server
        .createContext("/orders", exchange -> {
          user.set(exchange.getPrincipal().getUsername());
          answer(exchange, 200, "x");
        })
        .setAuthenticator(new BasicAuthenticator("shop") {
          @Override
          public boolean checkCredentials(String name, String password) {
            return password.equals("secret");
          }
        });
    String basic =
        Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

    assertThat(client.get("/orders/7")).startsWith("HTTP/1.1 401");
    assertThat(client.exchange(
            "GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                + basic + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");

    assertThat(user).hasValue("ann");
    recorder.awaitEnded(2);
    assertThat(recorder.count(Outcome.CLIENT_ERROR)).isEqualTo(1);
    assertThat(recorder.count(Outcome.SUCCESS)).isEqualTo(1);
  }

  @Test
  void aSingleContextsFilterCountsOnceEvenTwice() throws IOException {
    var context = plain.createContext("/single", exchange -> answer(exchange, 200, "x"));
    context.getFilters().add(recorder.adapters.filter(Routes.of("GET /single")));
    context.getFilters().add(recorder.adapters.filter(Routes.of("GET /single")));

    client.get("/single");

    assertThat(recorder.only().route().template()).isEqualTo("/single");
  }

  @Test
  void aSingleContextWithAnAuthenticatorOfTheJdksOwnIsCountedToo() throws IOException {
    var context = plain.createContext("/single", exchange -> answer(exchange, 200, "x"));
    context.getFilters().add(recorder.adapters.filter(Routes.of("GET /single")));
    context.setAuthenticator(new BasicAuthenticator("shop") {
      @Override
      public boolean checkCredentials(String name, String password) {
        return true;
      }
    });
    String basic =
        Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

    assertThat(client.get("/single")).startsWith("HTTP/1.1 401");
    client.exchange("GET /single HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
        + basic + "\r\n\r\n");

    recorder.awaitEnded(2);
    assertThat(recorder.count(Outcome.CLIENT_ERROR)).isEqualTo(1);
    assertThat(recorder.count(Outcome.SUCCESS)).isEqualTo(1);
  }

  @Test
  void anExceptionAfterACompleteAnswerHarmsNeitherItNorTheNextOne() throws IOException {
    serve(exchange -> {
      answer(exchange, 200, "fine");
      throw new IllegalStateException("too late");
    });

    String twice = client.exchange("GET /orders/1 HTTP/1.1\r\nHost: x\r\n\r\n"
        + "GET /orders/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(twice.split("fine", -1)).hasSize(3);
    recorder.awaitEnded(2);
    assertThat(recorder.count(Outcome.SUCCESS)).isEqualTo(2);
    await().until(() -> recorder.events.size() == 2);
  }
}
