package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Floods: what is counted is exactly what was sent, and nothing that a client sends makes a route. */
class JdkServerMixTest {

  private static final byte[] BIG = new byte[64 << 10];
  private static final int BIG_TIMES = 256;

  private final Recorder recorder = new Recorder();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ExecutorService later = Executors.newFixedThreadPool(4);
  private HttpServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = recorder.adapters.install(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500),
        Routes.of(
            "GET /ok/{id}",
            "GET /throw",
            "GET /later",
            "GET /big",
            "POST /upload",
            "GET /early",
            "GET /broken"));
    server.setExecutor(threads);
    server.createContext("/ok", exchange -> answer(exchange, 200));
    server.createContext("/throw", exchange -> {
      throw new IllegalStateException("thrown");
    });
    server.createContext("/later", exchange -> later.execute(() -> answerUnchecked(exchange)));
    server.createContext("/big", exchange -> {
      exchange.sendResponseHeaders(200, (long) BIG.length * BIG_TIMES);
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < BIG_TIMES; i++) {
          out.write(BIG);
        }
      }
    });
    server.createContext("/upload", exchange -> {
      exchange.getRequestBody().readAllBytes();
      answer(exchange, 200);
    });
    server
        .createContext("/early", exchange -> answer(exchange, 200))
        .getFilters()
        .add(new Early());
    server
        .createContext("/broken", exchange -> answer(exchange, 200))
        .getFilters()
        .add(new Broken());
    server.createContext("/silent", HttpExchange::close);
    server.createContext("/empty", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    client = new RawClient(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    later.shutdownNow();
  }

  private static final class Early extends Filter {
    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      exchange.sendResponseHeaders(403, -1);
    }

    @Override
    public String description() {
      return "answers early";
    }
  }

  private static final class Broken extends Filter {
    @Override
    public void doFilter(HttpExchange exchange, Chain chain) {
      throw new IllegalStateException("thrown in a filter");
    }

    @Override
    public String description() {
      return "throws";
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, 2);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("ok".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void answerUnchecked(HttpExchange exchange) {
    try {
      answer(exchange, 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mix mix() {
    return new Mix()
        .add(5, Outcome.SUCCESS, Mix.get("/ok/7", 200))
        .add(2, Outcome.SUCCESS, Mix.get("/empty", 204))
        .add(2, Outcome.SUCCESS, Mix.get("/later", 200))
        .add(3, Outcome.SERVER_ERROR, Mix.get("/throw", 500))
        .add(1, Outcome.SERVER_ERROR, Mix.get("/broken", 500))
        .add(1, Outcome.SERVER_ERROR, Mix.get("/silent", 0))
        .add(2, Outcome.CLIENT_ERROR, Mix.get("/early", 403))
        .add(3, Outcome.CLIENT_ERROR, Mix.get("/nowhere", 404))
        .add(1, Outcome.CLIENT_ABORT, Mix.reset("/big"))
        .add(1, Outcome.CLIENT_ABORT, client -> client.hangUpAfter(Mix.UPLOAD));
  }

  @Test
  void tenThousandMixedRequestsAreCountedExactlyOnceEach() throws Exception {
    Map<Outcome, Long> expected = new EnumMap<>(mix().send(client, 9_500));
    recorder.accepting = false;
    new Mix().add(1, Outcome.REJECTED, Mix.get("/ok/7", 503)).send(client, 500);
    expected.put(Outcome.REJECTED, 500L);

    recorder.awaitEnded(10_000);
    for (Outcome outcome : Outcome.values()) {
      assertThat(recorder.count(outcome)).as(outcome.label()).isEqualTo(expected.get(outcome));
    }
    assertThat(recorder.countAll()).isEqualTo(10_000);
    Set<Exchange> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(recorder.ended);
    assertThat(distinct).hasSize(10_000);
  }

  @Test
  void unknownPathsOddMethodsAndForgedIdsMakeNoRoutes() throws Exception {
    int known = recorder.routes().size();
    new Mix()
        .add(2, Outcome.CLIENT_ERROR, c -> c.get("/" + UUID.randomUUID()))
        .add(1, Outcome.SUCCESS, c -> c.exchange(odd()))
        .send(client, 15_000);
    new Mix().add(1, Outcome.SUCCESS, c -> c.exchange(forged())).send(client, 2_000);

    recorder.awaitEnded(17_000);
    assertThat(recorder.routes()).hasSize(known);
    assertThat(recorder.ended.stream().map(e -> e.method().label() + e.route()).distinct())
        .containsExactlyInAnyOrder("GET_OTHER", "_OTHER/ok/{id}", "GET/ok/{id}");
  }

  private static String odd() {
    return "M" + UUID.randomUUID().toString().replace("-", "")
        + " /ok/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  private static String forged() {
    return "GET /ok/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\ntraceparent: 00-"
        + UUID.randomUUID().toString().replace("-", "") + "-"
        + UUID.randomUUID().toString().substring(0, 8)
        + "deadbeef-01\r\ntracestate: x=" + UUID.randomUUID() + "\r\nbaggage: user="
        + UUID.randomUUID()
        + "\r\n\r\n";
  }
}
