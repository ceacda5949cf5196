package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.OthersSpans;
import dev.nines.testing.OtlpReceiver;
import dev.nines.time.TimeSource;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver that takes spans, refuses them, is slow, or is not there: requests don't notice, and losses are counted. */
class SpanExportTest {

  private record Received(String path, String token, String encoding, String body) {}

  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int status = 200;
  private volatile boolean slow;
  private HttpServer receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    receiver.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    received.add(new Received(
        exchange.getRequestURI().getPath(),
        String.valueOf(exchange.getRequestHeaders().getFirst("X-Token")),
        String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding")),
        body));
    if (slow) {
      hold();
    }
    exchange.sendResponseHeaders(status, -1);
  }

  private void hold() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Tracing tracing(int port, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + port);
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "50");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Tracing.fromEnvironment(
        new ServiceIdentity("shop", "1", "test", "one"), environment, TimeSource.system());
  }

  private int port() {
    return receiver.getAddress().getPort();
  }

  private static void record(Tracing tracing, int spans) {
    for (int i = 0; i < spans; i++) {
      OthersSpans.server(tracing, "GET /orders", Context.root()).end();
    }
  }

  @Test
  void spansArriveWithHeadersAndCompressionAsNamed() {
    try (Tracing tracing = tracing(
        port(),
        "OTEL_EXPORTER_OTLP_HEADERS",
        "x-token=s%20e",
        "OTEL_EXPORTER_OTLP_COMPRESSION",
        "gzip")) {
      record(tracing, 1);
      await().until(() -> !received.isEmpty());
      assertThat(received.element())
          .extracting(Received::path, Received::token, Received::encoding)
          .containsExactly("/v1/traces", "s e", "gzip");
      assertThat(tracing.droppedSpans()).isZero();
    }
  }

  @Test
  void theEndpointForTracesIsTakenAsItIs() {
    try (Tracing tracing =
        tracing(1, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:" + port() + "/mine")) {
      record(tracing, 1);
      await().until(() -> !received.isEmpty());
      assertThat(received.element().path()).isEqualTo("/mine");
      assertThat(received.element().body()).contains("GET /orders").contains("shop");
    }
  }

  @Test
  void noneMeansNone() {
    try (Tracing tracing = tracing(port(), "OTEL_TRACES_EXPORTER", "none")) {
      record(tracing, 10);
    }
    assertThat(received).isEmpty();
  }

  @Test
  void closingSendsWhatIsWaiting() {
    try (Tracing tracing = tracing(port(), "OTEL_BSP_SCHEDULE_DELAY", "60000")) {
      record(tracing, 3);
    }
    assertThat(received).hasSize(1);
  }

  @Test
  void aReceiverThatRefusesCostsSpansWhichAreCounted() {
    status = 400;
    try (Tracing tracing = tracing(port())) {
      record(tracing, 100);
      await().until(() -> tracing.droppedSpans() == 100);
    }
  }

  @Test
  void aReceiverThatIsDownCostsSpansWhichAreCountedAndComesBackWithoutARestart()
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Tracing tracing =
        tracing(port, "OTEL_EXPORTER_OTLP_TIMEOUT", "2000")) { // bounds the repeats, too
      record(tracing, 10);
      await().atMost(Duration.ofSeconds(20)).until(() -> tracing.droppedSpans() == 10);

      HttpServer back =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      back.createContext("/", this::receive);
      back.start();
      await().atMost(Duration.ofSeconds(20)).until(() -> {
        record(tracing, 1);
        return !received.isEmpty();
      });
      back.stop(0);
    }
  }

  @Test
  void aSlowReceiverNeverBlocksARequestAndWhatOverflowsIsCountedToTheLastSpan() {
    slow = true;
    Tracing tracing = tracing(
        port(),
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "64",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "16",
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "60000");
    record(tracing, 16);
    await().until(() -> !received.isEmpty()); // the sender hangs now, and can take no more
    long before = System.nanoTime();
    record(tracing, 10_000);
    Duration taken = Duration.ofNanos(System.nanoTime() - before);

    assertThat(tracing.droppedSpans()).isEqualTo(10_000 - 64);
    assertThat(taken).isLessThan(Duration.ofSeconds(5)); // the sender's own time-out is 60 s
    released.countDown();
    tracing.close();
    assertThat(tracing.droppedSpans()).isEqualTo(10_000 - 64);
  }

  @Test
  void theLossIsPublished() {
    status = 400;
    AtomicReference<Double> value = new AtomicReference<>(0.0);
    Instruments instruments = new Instruments();
    try (Tracing tracing = tracing(port())) {
      tracing.publishTo(instruments);
      record(tracing, 7);
      await().until(() -> {
        instruments.renderTo(i -> {
          if (i.labelValues().contains("spans")) {
            value.set(i.value().getAsDouble());
          }
        });
        return value.get() == 7;
      });
    }
  }

  @Test
  void spansThatASuccessfulAnswerRefusesAreCounted() {
    try (OtlpReceiver collector = OtlpReceiver.start();
        Tracing tracing =
            tracing(1, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.endpoint() + "/v1/traces")) {
      collector.rejecting(3);
      record(tracing, 5);
      await().until(() -> tracing.droppedSpans() == 3);
      collector.rejecting(0);
      record(tracing, 5);
      await().until(() -> collector.spans().size() == 10);
      assertThat(tracing.droppedSpans()).isEqualTo(3);
    }
  }

  @Test
  void anAnswerThatIsNoneRefusesNothing() {
    assertThat(RejectedSpans.in(new byte[0])).isZero();
    assertThat(RejectedSpans.in(new byte[] {0x0a, 0x02, 0x08, 0x05})).isEqualTo(5);
    assertThat(RejectedSpans.in(new byte[] {0x12, 0x01, 0x20, 0x0a, 0x03, 0x12, 0x01, 0x08}))
        .isZero();
    assertThat(RejectedSpans.in(new byte[] {0x0a, 0x7f, 0x08, 0x05})).isZero();
    assertThat(RejectedSpans.in(new byte[] {0x0a, 0x02, 0x08, (byte) 0xff})).isZero();
    assertThat(RejectedSpans.in("<html>".getBytes(StandardCharsets.US_ASCII))).isZero();
  }

  /** A receiver that takes a connection, reads, closes its own half, and never answers. */
  @Test
  void aHalfClosedReceiverCostsSpansWhichAreCounted() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> {
        while (!listening.isClosed()) {
          try {
            Socket half = listening.accept();
            half.getInputStream().read();
            half.shutdownOutput();
          } catch (IOException e) {
            return; // the test is over
          }
        }
      });
      try (Tracing tracing =
          tracing(listening.getLocalPort(), "OTEL_EXPORTER_OTLP_TIMEOUT", "2000")) {
        record(tracing, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> tracing.droppedSpans() == 10);
      }
    }
  }
}
