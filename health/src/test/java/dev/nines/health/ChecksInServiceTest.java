package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.health.checks.Checks;
import dev.nines.health.checks.CompositeChecks;
import dev.nines.health.checks.PoolChecks;
import dev.nines.health.checks.ProcessChecks;
import dev.nines.health.checks.ReplicationChecks;
import dev.nines.health.checks.TlsChecks;
import dev.nines.health.checks.UpkeepChecks;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The catalogue's checks as a service runs them. */
class ChecksInServiceTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);
  private static final TimeSource NOW = TimeSource.system();
  private static final String SECRET = "s3cret-of-mine";

  @Test
  void whatChecksMeasureIsPublishedUnderTheirNamesThoseOfDependenciesToo() throws Exception {
    Instant taken = Instant.now().minusSeconds(3600);
    var queue = new ArrayBlockingQueue<>(4);
    queue.add("one");
    try (TestService service = TestService.running(
        DETECTION,
        HealthEndpoints.standard()
            .withoutSaturation()
            .check(
                "nightly-backup",
                UpkeepChecks.backup(() -> taken, Duration.ofHours(24), TimeSource.system())),
        Dependency.required("mail", ProcessChecks.queue(queue, 4, new BigDecimal("0.8"))))) {
      assertThat(service.metric("nines_saturation_ratio", "mail")).isEqualTo(0.25);
      await().untilAsserted(() -> assertThat(
              service.metric("nines_backup_age_seconds", "nightly-backup"))
          .isBetween(3600.0, 3700.0));
    }
  }

  /** Each fails in its own way, at an address and with credentials that nobody else may learn. */
  @Test
  void whatFailsTellsStrangersNeitherAddressesNorReasonsAndNobodyASecret() throws Exception {
    try (BlackHole closed = BlackHole.silent();
        HikariDataSource pool = poolWithoutDatabase()) {
      Map<String, Check> failing = new LinkedHashMap<>();
      failing.put("redis", Checks.redis("127.0.0.1", 1).password(SECRET.toCharArray()));
      failing.put(
          "http",
          Checks.http(URI.create("http://user:" + SECRET + "@127.0.0.1:1/?key=" + SECRET))
              .header("Authorization", "Bearer " + SECRET));
      failing.put("tcp", Checks.tcp("127.0.0.1", 1));
      failing.put("tls", TlsChecks.handshake("127.0.0.1", closed.port(), SSLContext.getDefault()));
      failing.put(
          "store", TlsChecks.certificates(Path.of("/127.0.0.1"), SECRET.toCharArray(), NOW));
      failing.put("pool", PoolChecks.database(pool));
      failing.put("copy", ReplicationChecks.standby(pool, Duration.ofSeconds(1)));
      failing.put("backup", UpkeepChecks.backup(Path.of("/127.0.0.1"), "*", DETECTION, NOW));
      failing.put("parts", CompositeChecks.all(Map.of("one", Checks.tcp("127.0.0.1", 1))));
      HealthEndpoints health = HealthEndpoints.standard().withoutSaturation();
      for (Map.Entry<String, Check> each : failing.entrySet()) {
        health = health.check(each.getKey(), each.getValue());
      }
      try (TestService service = TestService.running(DETECTION, health)) {
        await().untilAsserted(() -> failing.keySet().forEach(name -> assertThat(
                service.json("/health").at("/checks/" + name + "/status").asString())
            .as(name)
            .isEqualTo("unhealthy")));

        for (String path : List.of("/health", "/ready", "/live", "/startup")) {
          assertThat(service.body(path))
              .doesNotContain("127.0.0.1", "localhost", "xception", "refused", "key", SECRET);
        }
        assertThat(service.detailed("/health").toString())
            .contains("refused")
            .doesNotContain(SECRET, "\\tat ", "at dev.nines");
        assertThat(service.seen()).isNotEmpty().allSatisfy(event -> assertThat(event.toString())
            .doesNotContain(SECRET, "at dev.nines"));
      }
    }
  }

  private static HikariDataSource poolWithoutDatabase() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/orders?user=orders&password=" + SECRET);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(250);
    return new HikariDataSource(config);
  }
}
