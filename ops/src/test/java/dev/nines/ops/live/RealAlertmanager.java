package dev.nines.ops.live;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's Alertmanager with the generated routes, whose receivers are webhooks of this test. */
final class RealAlertmanager implements AutoCloseable {

  /** What was delivered, and to whom. */
  record Delivery(String receiver, JsonNode message) {

    boolean fires(String alert) {
      return message
          .get("alerts")
          .valueStream()
          .anyMatch(each -> each.at("/labels/alertname").asString().equals(alert)
              && each.get("status").asString().equals("firing"));
    }
  }

  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final HttpServer webhooks;
  private final Process process;
  private final int port;

  RealAlertmanager(Path directory, String generated) throws IOException {
    webhooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhooks.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      deliveries.add(new Delivery(
          exchange.getRequestURI().getPath().substring(1), JsonMapper.shared().readTree(body)));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    webhooks.start();
    port = freePort();
    Path config = Files.writeString(directory.resolve("alertmanager.yml"), adapted(generated));
    process = new ProcessBuilder(
            "prometheus-alertmanager",
            "--config.file=" + config,
            "--storage.path=" + directory.resolve("alertmanager"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("alertmanager.log").toFile())
        .start();
    await().atMost(Duration.ofSeconds(60)).until(this::listens);
  }

  int port() {
    return port;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    webhooks.stop(0);
  }

  /** Routes and inhibition stay; the receivers, and the secrets that they would read, are replaced. */
  private String adapted(String generated) {
    String kept = generated.substring(
        generated.indexOf("time_intervals:"), generated.indexOf("receivers:\n"));
    StringBuilder receivers = new StringBuilder("receivers:\n");
    for (String name : List.of("pagerduty", "slack", "email", "digest")) {
      receivers.append("  - name: ").append(name).append("\n    webhook_configs:\n      - url: ");
      receivers.append("http://127.0.0.1:").append(webhooks.getAddress().getPort());
      receivers.append('/').append(name).append('\n');
    }
    return kept + receivers;
  }

  private boolean listens() {
    try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
