package dev.nines.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.examples.faults.Fault;
import dev.nines.http.Routes;
import dev.nines.logging.JsonLogging;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The service that takes the money: another service, with a {@link Nines} of its own behind a port of its own, that happens
 * to live in the same JVM. It fails for real: when down it answers 503, when slow it takes its time.
 */
final class PaymentsService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentsService.class);

  /** How long an answer takes when slow: longer than orders wait for it. */
  static final Duration DELAY = Duration.ofSeconds(2);

  /** The order service, its only client, closes it and asks for nothing more then: nobody must be waited for. */
  private static final LifecycleTimings CLOSED_WHEN_IDLE = new LifecycleTimings(
      Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final HttpServer server;
  private volatile Fault fault = Fault.UP;
  private @Nullable Nines nines;

  private PaymentsService(HttpServer server) {
    this.server = server;
  }

  /** Takes a port of the loopback address, 0 for any free one. */
  static PaymentsService on(int port) {
    return new PaymentsService(Servers.listen(
        "payments",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "PAYMENTS_PORT"));
  }

  void start() {
    Nines started = Nines.builder("payments")
        .targets(ReliabilityTargets.threeNines().toBuilder()
            .lifecycle(CLOSED_WHEN_IDLE)
            .build())
        .install(JsonLogging.toStdout())
        .closing("http", () -> Servers.stop(server))
        .withoutShutdownHook()
        .start();
    nines = started;
    Router router = new Router().on("POST /charges", this::charge);
    started.http().install(server, Routes.of(router.routes())).createContext("/", router);
    // Asked every few seconds by those who lean on payments: not a request to be counted and
    // logged.
    server.createContext("/status", new Router().on("GET /status", this::status));
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Behaves like this from now on. */
  void fault(Fault next) {
    fault = next;
  }

  @Override
  public void close() {
    if (nines == null) {
      Servers.stop(server);
    } else {
      nines.close();
    }
  }

  private Answer charge(Request request) throws IOException, InterruptedException {
    JsonNode charge = request.json();
    suffer();
    LOG.info(
        "Charged order {}: {} cents",
        charge.path("order").asLong(),
        charge.path("cents").asInt());
    return Answer.json(200, Map.of("order", charge.path("order").asLong()));
  }

  /** Says whether it works, to those who lean on it. */
  private Answer status(Request request) throws InterruptedException {
    suffer();
    return Answer.text("up\n");
  }

  private void suffer() throws InterruptedException {
    switch (fault) {
      case UP -> {}
      case SLOW -> TimeUnit.MILLISECONDS.sleep(DELAY.toMillis());
      case DOWN -> throw new Problem(503, "payments are down");
    }
  }
}
