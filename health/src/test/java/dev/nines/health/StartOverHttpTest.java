package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.WarmUp;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.checks.Checks;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The start as a platform sees it: over the admin port, while what the service needs isn't there. */
class StartOverHttpTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Event> told = new CopyOnWriteArrayList<>();
  private final int adminPort = freePort();

  /** Of one, connections succeed, of the other they do not, and nobody answers. */
  @Test
  void requiredDependenciesBehindBlackHolesEndTheStartAtItsLimitAndNeverLiveness()
      throws Exception {
    try (BlackHole silent = BlackHole.silent();
        BlackHole unreachable = BlackHole.unreachable()) {
      CompletableFuture<Nines> start = start(service(Duration.ofSeconds(5))
          .dependency(Dependency.required("orders-db", Checks.jdbc(unpooled(silent.port()))))
          .dependency(Dependency.required(
              "pricing", Checks.http(URI.create("http://127.0.0.1:" + unreachable.port() + "/")))));
      await().untilAsserted(() -> assertThat(get("/health").body())
          .contains("\"pricing\":{\"status\":\"unhealthy\"}"));
      assertThat(get("/startup").statusCode()).isEqualTo(503);
      assertThat(get("/ready").statusCode()).isEqualTo(503);
      assertThat(get("/live").statusCode()).isEqualTo(200);
      assertThat(get("/health").body())
          .contains("\"state\":\"starting\"")
          .doesNotContain("127.0.0.1", "answer");

      assertThatThrownBy(start::join)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "start: orders-db, pricing missing after 5s",
              "no answer within",
              "raise it",
              "dependencies.orders-db.onFailure: degrade");
      assertThat(told)
          .extracting(Event::type)
          .contains("start_waiting", "start_failed")
          .doesNotContain("service_ready");
      assertThatThrownBy(() -> get("/live")).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aRequiredDependencyThatComesLateIsWaitedFor() throws Exception {
    int port = freePort();
    CompletableFuture<Nines> start = start(service(Duration.ofMinutes(2))
        .dependency(Dependency.required("orders-db", Checks.tcp("127.0.0.1", port))));
    await().until(() -> told.stream().anyMatch(e -> e.type().equals("start_waiting")));
    assertThat(start).isNotDone();
    assertThat(get("/startup").statusCode()).isEqualTo(503);

    try (ServerSocket database = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Nines nines = start.join()) {
      await().until(() -> get("/startup").statusCode() == 200);
      assertThat(database.isBound()).isTrue();
      assertThat(get("/ready").statusCode()).isEqualTo(200);
      assertThat(nines.lifecycle().ready()).isTrue();
    }
  }

  /** What may be missing later may be missing at the start, and a warm-up that hangs shows. */
  @Test
  void whatOnlyDegradesIsNotWaitedForAndAnAbandonedWarmUpDegrades() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Nines nines = service(Duration.ofMinutes(2))
        .dependency(Dependency.required("orders-db", Checks.tcp("127.0.0.1", freePort()))
            .onFailure(OnFailure.DEGRADE))
        .warmUp(WarmUp.of("cache", warming -> never.await()).within(Duration.ofMillis(300)))
        .warmUp(WarmUp.of("prices", warming -> {}))
        .start()) {
      assertThat(nines.lifecycle().state()).isEqualTo(Lifecycle.State.READY);
      await().untilAsserted(() -> assertThat(get("/health").body())
          .startsWith("{\"status\":\"degraded\"")
          .contains("\"warmup-cache\":{\"status\":\"degraded\"}")
          .contains("\"warmup-prices\":{\"status\":\"healthy\"}"));
      await().until(() -> get("/ready").statusCode() == 200);
    }
  }

  private CompletableFuture<Nines> start(NinesBuilder builder) {
    CompletableFuture<Nines> start = CompletableFuture.supplyAsync(builder::start);
    await().until(() -> start.isDone() || answers());
    return start;
  }

  private NinesBuilder service(Duration start) {
    return Nines.builder("checkout")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder()
            .detection(Duration.ofSeconds(5))
            .lifecycle(
                new LifecycleTimings(start, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
            .build())
        .install(new Feature() {
          @Override
          public String name() {
            return "recorder";
          }

          @Override
          public void install(FeatureContext context) {
            context.events().render(told::add);
          }
        })
        .install(HealthEndpoints.standard().withoutSaturation())
        .admin(AdminServer.onPort(adminPort).boundTo("127.0.0.1"));
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/live").statusCode() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + adminPort + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static int freePort() {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return unused.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PGSimpleDataSource unpooled(int port) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setConnectTimeout(1);
    dataSource.setSocketTimeout(1);
    return dataSource;
  }
}
