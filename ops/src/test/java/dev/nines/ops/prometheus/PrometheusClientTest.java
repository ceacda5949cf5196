package dev.nines.ops.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.nines.ops.http.BoundedHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What else than an answer may come; what a real Prometheus answers is tested where it is asked. */
class PrometheusClientTest {

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile byte[] body = new byte[0];

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      asked.add(exchange.getRequestURI() + " "
          + exchange.getRequestHeaders().getFirst("Authorization") + " "
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private PrometheusClient client() {
    return client(server.getAddress().getPort());
  }

  private static PrometheusClient client(int port) {
    return PrometheusClient.at(URI.create("http://127.0.0.1:" + port + "/prometheus/"));
  }

  private static void assertFails(PrometheusClient client, String reason) {
    assertThatThrownBy(() -> client.query("up", Instant.EPOCH))
        .isInstanceOf(PrometheusException.class)
        .hasMessageStartingWith("Prometheus at 127.0.0.1:")
        .hasMessageEndingWith(reason)
        .hasMessageNotContaining("s3cr3t");
  }

  private void answering(int code, String text) {
    status = code;
    body = text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aQueryIsAskedBelowThePathWithItsTimeAndItsCredentials() throws Exception {
    answering(200, """
        {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"__name__":"up","job":"checkout"},"value":[1.5,"+Inf"]}]}}""");

    List<Sample> samples = client()
        .authorization("Bearer s3cr3t")
        .query("up{job=\"a&b\"}", Instant.ofEpochMilli(1_500));

    assertThat(samples)
        .containsExactly(
            new Sample("up", java.util.Map.of("job", "checkout"), Double.POSITIVE_INFINITY));
    assertThat(asked.take())
        .startsWith("/prometheus/api/v1/query Bearer s3cr3t ")
        .contains("query=up%7Bjob%3D%22a%26b%22%7D", "time=1.500");
  }

  @Test
  void anErrorIsToldInThePrometheusOwnWords() {
    answering(400, "{\"status\":\"error\",\"error\":\"parse error: unexpected end\"}");
    assertFails(client().authorization("Bearer s3cr3t"), ": parse error: unexpected end");
    answering(503, "{\"status\":\"error\",\"error\":\"" + "x".repeat(10_000) + "\"}");
    assertFails(client(), "x".repeat(200) + "…");
  }

  @Test
  void whatIsNoPrometheusIsSaidToBeNone() {
    answering(200, "<html>");
    assertFails(client(), ": no answer of a Prometheus");
    answering(401, "who are you?");
    assertFails(client(), ": no answer of a Prometheus: status 401");
    answering(200, "{\"status\":\"success\",\"data\":{\"result\":{}}}");
    assertFails(client(), ": no answer of a Prometheus");
    answering(200, "{\"status\":\"success\",\"data\":{\"result\":[{\"value\":[1,\"x\"]}]}}");
    assertFails(client(), ": no answer of a Prometheus");
  }

  @Test
  void anAnswerThatIsTooLongIsBrokenOff() {
    answering(200, "x".repeat(100_001));
    BoundedHttp narrow = new BoundedHttp(Duration.ofSeconds(30), 100_000);
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

    assertThatThrownBy(() -> narrow.send(HttpRequest.newBuilder(address).build()))
        .hasMessage("127.0.0.1:" + address.getPort() + ": an answer of over 100000 bytes");
  }

  @Test
  void whoDoesNotListenIsToldFromWhoDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket gone = new ServerSocket(0)) {
      gone.close();
      assertFails(client(gone.getLocalPort()), ": nobody listens there");
      assertFails(
          client(silent.getLocalPort()).timeLimit(Duration.ofMillis(300)),
          ": no answer within 300 ms");
    }
  }

  /** The JDK's own limit ends with the head. */
  @Test
  void anAnswerThatStopsInItsMiddleIsGivenUp() throws Exception {
    try (ServerSocket half = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> {
        try (Socket socket = half.accept()) { // which would be closed if nobody referred to it
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
                  .getBytes(StandardCharsets.UTF_8));
          asked.add("answered");
          socket.getInputStream().readAllBytes();
        } catch (IOException closed) {
          asked.add("closed");
        }
      });
      serving.start();
      assertFails(
          client(half.getLocalPort()).timeLimit(Duration.ofSeconds(2)),
          ": no answer within 2000 ms");
      assertThat(asked.take()).isEqualTo("answered");
      serving.join();
    }
  }

  @Test
  void anAddressMustBeOne() {
    assertThatThrownBy(() -> PrometheusClient.at(URI.create("prometheus:9090")))
        .hasMessage(
            "prometheus: prometheus:9090 (expected: an address such as http://checkout:8081)");
    assertThatThrownBy(() -> PrometheusClient.at(URI.create("http://me:s3cr3t@prometheus")))
        .hasMessageContaining("a password in an address")
        .hasMessageNotContaining("s3cr3t");
  }
}
