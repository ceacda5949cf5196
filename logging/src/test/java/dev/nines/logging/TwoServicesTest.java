package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.http.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Two whole services in one process, one calling the other. */
class TwoServicesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Lines lines = new Lines();

  @Test
  void aTraceIsFollowedByItsIdThroughBothServicesLines() throws Exception {
    try (Nines payments = nines("payments");
        Nines checkout = nines("checkout")) {
      HttpServer charging = server();
      payments
          .http()
          .install(charging, Routes.of("POST /charges"))
          .createContext("/charges", exchange -> {
            LoggerFactory.getLogger("com.acme.Charges").info("charged");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      HttpServer ordering = server();
      checkout
          .http()
          .install(ordering, Routes.of("POST /orders"))
          .createContext("/orders", exchange -> {
            LoggerFactory.getLogger("com.acme.Orders").info("ordered");
            exchange.sendResponseHeaders(charge(checkout, charging), -1);
            exchange.close();
          });
      charging.start();
      ordering.start();

      HttpRequest order = HttpRequest.newBuilder(uri(ordering, "/orders"))
          .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
          .POST(HttpRequest.BodyPublishers.noBody())
          .build();
      assertThat(client.send(order, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(204);
      Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> ofTheTrace().size() == 4);
      charging.stop(0);
      ordering.stop(0);
    }
    assertThat(ofTheTrace())
        .extracting(
            line -> line.get("service").asString() + ": " + line.get("message").asString())
        .containsExactlyInAnyOrder(
            "checkout: ordered",
            "payments: charged",
            "payments: POST /charges 204",
            "checkout: POST /orders 204");
  }

  private Nines nines(String service) {
    return Nines.builder(service).install(JsonLogging.to(lines)).start();
  }

  private int charge(Nines caller, HttpServer charging) throws IOException {
    HttpRequest.Builder charge =
        HttpRequest.newBuilder(uri(charging, "/charges")).POST(HttpRequest.BodyPublishers.noBody());
    caller
        .openTelemetry()
        .getPropagators()
        .getTextMapPropagator()
        .inject(
            io.opentelemetry.context.Context.current(),
            charge,
            (builder, name, value) -> builder.header(name, value));
    try {
      return client.send(charge.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<JsonNode> ofTheTrace() {
    return lines.all().stream()
        .filter(line -> TRACE.equals(line.path("trace_id").asString(null)))
        .toList();
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static URI uri(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
