package dev.nines.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.FairClock;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes that are begun and not ended, and clients that dawdle behind one. */
class AdminTlsUnderFireTest {

  private static final int HALF_OPEN = 700;

  /** Head of a ClientHello whose body does not come. */
  private static final String HALF_A_HELLO =
      "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003abc";

  @TempDir
  static Path directory;

  private static TestIdentity identity;

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final EventBus bus = new EventBus();
  private final EndpointTable table = new EndpointTable(bus, TimeSource.system());
  private final List<RawClient> clients = new ArrayList<>();
  private SSLContext context;
  private RunningAdminServer server;

  @BeforeAll
  static void identity() throws Exception {
    identity = TestIdentity.make(directory, "server", "EC");
  }

  @BeforeEach
  void prepare() throws Exception {
    bus.render(events::add);
    byte[] large = new byte[5 << 20];
    table.add(Endpoints.text("/health", "fine\n"));
    table.add(Endpoints.answering(
        "/large",
        "GET",
        request -> new EndpointResponse(200, "application/octet-stream", large, Map.of())));
    context = identity.client(null);
  }

  private void start(AdminLimits limits) {
    server = AdminServer.onPort(0)
        .tls(AdminTls.pkcs12(identity.store(), TestIdentity.PASSWORD))
        .limits(limits)
        .start(table, bus, TimeSource.system());
  }

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void sevenHundredHalfOpenHandshakesHoldNobodyUpAndAreCut() throws Exception {
    start(AdminServerUnderFireTest.SHORTLY_IDLE);
    for (int i = 0; i < HALF_OPEN; i++) {
      RawClient client = new RawClient(server.port());
      clients.add(client);
      if (i % 2 == 0) {
        client.send(HALF_A_HELLO);
      }
    }
    for (int i = 0; i < 10; i++) {
      dawdle("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      dawdle("GET /health HT");
    }
    try (FairClock clock = FairClock.started()) {
      long allOpen = clock.nanos();
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      int answered = 0;
      do {
        assertThat(client.send(request(), BodyHandlers.ofString()).body()).isEqualTo("fine\n");
        answered++;
      } while (server.connections() > 1);

      assertThat(clock.since(allOpen)).isLessThan(Duration.ofSeconds(15));
      assertThat(answered).isGreaterThan(20);
    }
    assertThat(AdminServerTest.adminThreads()).hasSizeLessThanOrEqualTo(7);
    assertThat(events).isEmpty();
  }

  /** Encrypted in one go, an answer of that size would keep the reading thread waiting for minutes. */
  @Test
  void aHugeAnswerThatNobodyReadsHoldsNobodyUp() throws Exception {
    byte[] huge = new byte[64 << 20];
    huge[huge.length - 1] = '!';
    table.add(Endpoints.answering(
        "/huge",
        "GET",
        request -> new EndpointResponse(200, "application/octet-stream", huge, Map.of())));
    start(AdminLimits.standard());
    for (int i = 0; i < 4; i++) {
      clients.add(
          RawClient.tls(server.port(), 0, context).send("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();

    assertThat(client.send(request(), BodyHandlers.ofString()).body()).isEqualTo("fine\n");
    byte[] read = client.send(request("/huge"), BodyHandlers.ofByteArray()).body();
    assertThat(read).hasSize(huge.length).endsWith('!');
  }

  /** Half of the work of these handshakes is the clients', so that the time for them is not the server's alone. */
  @Test
  void twoHundredProbesAtOnceAreAllAnswered() {
    Duration ample = Duration.ofSeconds(30);
    start(AdminLimits.standard().withTimes(ample, ample, ample, ample));
    List<CompletableFuture<Integer>> answers = IntStream.range(0, 200)
        .mapToObj(i -> HttpClient.newBuilder().sslContext(context).build())
        .limit(20)
        .flatMap(client -> IntStream.range(0, 10).mapToObj(i -> client
            .sendAsync(request(), BodyHandlers.discarding())
            .thenApply(HttpResponse::statusCode)))
        .toList();

    assertThat(answers).allMatch(answer -> answer.join() == 200);
  }

  @Test
  void tls12IsTheFloorWhateverTheMachineAllows() throws Exception {
    Process probe = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.security.properties="
                + java.nio.file.Files.writeString(
                    directory.resolve("old.security"), "jdk.tls.disabledAlgorithms=\n"),
            "-cp",
            System.getProperty("java.class.path"),
            AdminTlsFloorProbe.class.getName(),
            identity.store().toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(probe.getInputStream().readAllBytes());

    assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said)
        .contains("TLSv1 refused", "TLSv1.1 refused", "TLSv1.2 spoken", "TLSv1.3 spoken");
    assertThat(probe.exitValue()).isZero();
    await().until(() -> AdminServerTest.adminThreads().size() <= 7);
  }

  /** Says something behind a handshake, and no more. */
  private void dawdle(String said) throws IOException {
    RawClient client = RawClient.tls(server.port(), 0, context);
    clients.add(client);
    try {
      client.send(said);
    } catch (IOException cut) {
      // The machine is so busy that its time was over before hands were shaken.
      client.close();
    }
  }

  private HttpRequest request() {
    return request("/health");
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
        .timeout(Duration.ofSeconds(30))
        .build();
  }
}
