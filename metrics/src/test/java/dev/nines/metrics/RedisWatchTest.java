package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nines.metrics.watch.Watch;
import dev.nines.targets.ReliabilityTargets;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** A real Redis, and a real client of it. */
class RedisWatchTest {

  private static final String DURATION = "db_client_operation_duration_seconds";
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .detection(Duration.ofSeconds(5)) // so that the server is asked once a second
      .dependency(dev.nines.targets.DependencyTargets.optional("sessions"))
      .build();

  private static RedisServer server;

  private final GoldenSignals signals = GoldenSignals.prometheus();
  private final RedisClient client = signals.watch(Watch.lettuce(
      "sessions", RedisClient.create("redis://localhost:" + server.ports().get(0))));
  private final RedisCommands<String, String> redis = client.connect().sync();
  private TestService service;

  @BeforeAll
  static void startRedis() throws IOException {
    server = RedisServer.newRedisServer()
        .port(freePort())
        .setting("maxmemory 64mb")
        .setting("save \"\"")
        .build();
    server.start();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    server.stop();
  }

  @AfterEach
  void close() throws Exception {
    service.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void whatTheServerSaysOfItselfIsShown() throws Exception {
    signals.watch(Watch.redis("sessions", redis::info));
    redis.flushall();
    service = new TestService(signals, TARGETS, OpenTelemetry.noop());
    redis.set("known", "1");
    redis.get("known");
    redis.get("known");
    redis.get("known");
    redis.get("unknown");

    Awaitility.await().untilAsserted(() -> {
      Exposition exposed = scraped();
      assertThat(exposed.value("nines_cache_requests_total", "cache", "sessions", "result", "hit"))
          .isGreaterThanOrEqualTo(3);
      assertThat(exposed.value("nines_cache_hit_ratio", "cache", "sessions")).isBetween(0.0, 1.0);
      assertThat(exposed.value("nines_cache_entries", "cache", "sessions")).isEqualTo(1);
      assertThat(exposed.value("redis_commands_processed_total", "dependency", "sessions"))
          .isPositive();
      assertThat(exposed.value("nines_saturation_ratio", "resource", "redis_memory:sessions"))
          .isBetween(0.001, 1.0);
    });
  }

  @Test
  void commandsAreTimedByNameAndByWhatWentWrong() throws Exception {
    service = new TestService(signals, TARGETS, OpenTelemetry.noop());
    redis.set("text", "not a number");
    redis.get("text");
    redis.get("text");
    catchThrowable(() -> redis.incr("text"));

    // the listener hears of a command just after its caller
    Awaitility.await().untilAsserted(() -> {
      assertThat(scraped().value(DURATION + "_count", command("GET", ""))).isEqualTo(2);
      assertThat(scraped().value(DURATION + "_count", command("SET", ""))).isEqualTo(1);
      assertThat(scraped()
              .value(
                  DURATION + "_count",
                  command("INCR", "io.lettuce.core.RedisCommandExecutionException")))
          .isEqualTo(1);
    });
  }

  private static String[] command(String name, String errorType) {
    return new String[] {
      "dependency",
      "sessions",
      "db_system_name",
      "redis",
      "db_operation_name",
      name,
      "error_type",
      errorType
    };
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
