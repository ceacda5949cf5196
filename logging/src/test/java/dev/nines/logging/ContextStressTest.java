package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.http.GuardedHttpClient;
import dev.nines.http.Routes;
import dev.nines.messaging.MessageHeaders;
import dev.nines.messaging.MessageTrace;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.trace.ContextPropagation;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A thousand traces at once, each over every way in which work changes its thread. Every line says which trace it belongs to by
 * what was handed on beside the context, and which one it was logged in.
 */
@Timeout(120)
class ContextStressTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Mixed");
  private static final int TRACES = 1_000;
  private static final int AT_ONCE = 64;
  private static final List<String> WAYS = List.of(
      "request",
      "executor",
      "scheduled",
      "future",
      "dependent",
      "guarded body",
      "guarded dependent",
      "thread",
      "parallel stream",
      "http client",
      "http dependent",
      "message");
  private static final LifecycleTimings AT_ONCE_STOPPED = new LifecycleTimings(
      Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30));
  private static final String NO_TRACE = "in no trace";

  /** A message in a queue within the process. */
  private record Message(String own, Map<String, String> headers) {}

  private static final MessageHeaders<Map<String, String>> HEADERS = new MessageHeaders<>() {
    @Override
    public List<String> values(Map<String, String> message, String name) {
      String value = message.get(name);
      return value == null ? List.of() : List.of(value);
    }

    @Override
    public void set(Map<String, String> message, String name, String value) {
      message.put(name, value);
    }
  };

  private final Lines lines = new Lines();
  private final ExecutorService serverThreads = Executors.newFixedThreadPool(AT_ONCE);
  private final ExecutorService pool = Executors.newFixedThreadPool(8);
  private final ExecutorService carrying = ContextPropagation.wrap(pool);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final ThreadFactory threads = ContextPropagation.threads(virtualIfThereAre());
  private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch processed = new CountDownLatch(TRACES);

  @AfterEach
  void stop() {
    serverThreads.shutdownNow();
    pool.shutdownNow();
    scheduler.shutdownNow();
  }

  @Test
  void ofAThousandTracesOverAllTheirThreadsNoLineCarriesAnothersId() throws Exception {
    List<String> sent;
    try (Nines nines = Nines.builder("checkout")
        .targets(ReliabilityTargets.builder()
            .latency(
                LatencyTargets.of(Duration.ofMinutes(1), Duration.ofMinutes(2))) // none is slow
            .lifecycle(AT_ONCE_STOPPED)
            .build())
        .dependency(Dependency.optional("payments").deadline(Duration.ofSeconds(60)))
        .install(JsonLogging.to(lines))
        .withoutShutdownHook()
        .start()) {
      HttpServer server = serve(nines);
      sent = sendAll(server);
      assertThat(processed.await(60, TimeUnit.SECONDS)).isTrue();
      server.stop(0);
    }
    List<JsonNode> all = lines.all();
    for (String way : WAYS) {
      List<JsonNode> ofTheWay = all.stream()
          .filter(line -> way.equals(line.get("message").asString()))
          .toList();
      assertThat(ofTheWay).as(way).allSatisfy(line -> assertThat(
              line.path("trace_id").asString(null))
          .isEqualTo(line.get("own").asString()));
      assertThat(ofTheWay.stream().map(line -> line.get("own").asString()))
          .as(way)
          .containsExactlyInAnyOrderElementsOf(sent);
    }
    assertThat(all.stream().filter(line -> NO_TRACE.equals(line.get("message").asString())))
        .hasSize(TRACES)
        .noneMatch(line -> line.has("trace_id"));
  }

  private HttpServer serve(Nines nines) throws IOException {
    HttpServer server = nines
        .http()
        .install(
            HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * AT_ONCE),
            Routes.of("GET /orders", "GET /charges"));
    server.setExecutor(serverThreads);
    Guard guard = nines.guard("payments");
    HttpClient payments =
        GuardedHttpClient.of(guard, HttpClient.newBuilder().executor(pool).build());
    MessageTrace<Map<String, String>> messages =
        MessageTrace.of(nines.tracing(), "memory", "orders", HEADERS);
    server.createContext("/charges", exchange -> {
      said("http client", exchange.getRequestURI().getQuery());
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    URI charges = uri(server, "/charges");
    server.createContext("/orders", exchange -> {
      order(exchange, guard, payments, charges, messages);
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    server.start();
    pool.execute(() -> consume(messages));
    return server;
  }

  private void order(
      HttpExchange exchange,
      Guard guard,
      HttpClient payments,
      URI charges,
      MessageTrace<Map<String, String>> messages) {
    String own = exchange.getRequestHeaders().getFirst("traceparent").substring(3, 35);
    said("request", own);
    Message message = new Message(own, new HashMap<>());
    messages.<Boolean, RuntimeException>send(message.headers(), () -> queue.add(message));
    HttpRequest charge = HttpRequest.newBuilder(URI.create(charges + "?" + own)).build();
    CompletableFuture<Void> thread = new CompletableFuture<>();
    threads
        .newThread(() -> {
          said("thread", own);
          thread.complete(null);
        })
        .start();
    CompletableFuture<Void> scheduled = new CompletableFuture<>();
    ContextPropagation.wrap(scheduler)
        .schedule(
            () -> {
              said("scheduled", own);
              scheduled.complete(null);
            },
            1,
            TimeUnit.MILLISECONDS);
    IntStream.of(0)
        .parallel()
        .boxed()
        .map(Context.current().wrapFunction(i -> said("parallel stream", own)))
        .forEach(done -> {});
    CompletableFuture.allOf(
            thread,
            scheduled,
            CompletableFuture.runAsync(() -> said("executor", own), carrying),
            CompletableFuture.runAsync(() -> LOG.info(NO_TRACE), pool),
            ContextPropagation.supplyAsync(() -> said("future", own), pool)
                .thenAcceptAsync(done -> said("dependent", own), pool),
            ContextPropagation.wrap(guard.callAsync(
                    () -> ContextPropagation.supplyAsync(() -> said("guarded body", own), pool)))
                .thenRun(() -> said("guarded dependent", own)),
            ContextPropagation.wrap(payments.sendAsync(charge, BodyHandlers.discarding()))
                .thenAccept(answer -> said("http dependent", own)))
        .join();
  }

  private void consume(MessageTrace<Map<String, String>> messages) {
    try {
      for (int i = 0; i < TRACES; i++) {
        Message message = queue.take();
        messages.process(message.headers(), () -> said("message", message.own()));
        processed.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean said(String way, String own) {
    LOG.atInfo().addKeyValue("own", own).log(way);
    return true;
  }

  private List<String> sendAll(HttpServer server) throws Exception {
    HttpClient clients = HttpClient.newHttpClient();
    Semaphore underWay = new Semaphore(AT_ONCE / 2);
    List<String> sent = new ArrayList<>();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      String trace = traceId();
      sent.add(trace);
      underWay.acquire();
      HttpRequest order = HttpRequest.newBuilder(uri(server, "/orders"))
          .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-0" + i % 2)
          .build();
      answers.add(clients
          .sendAsync(order, BodyHandlers.discarding())
          .whenComplete((answer, thrown) -> underWay.release())
          .thenApply(HttpResponse::statusCode));
    }
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).as(this::errors).isEqualTo(204);
    }
    return sent;
  }

  private String errors() {
    return lines.all().stream()
        .filter(line -> "ERROR".equals(line.get("level").asString()))
        .limit(1)
        .map(JsonNode::toString)
        .collect(Collectors.joining());
  }

  private static String traceId() {
    byte[] id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static URI uri(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The source has to compile where there are none. */
  private static ThreadFactory virtualIfThereAre() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (NoSuchMethodException e) {
      return Thread::new;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
