package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Nines;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.metrics.watch.Watch;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A real PostgreSQL behind a real pool. */
class JdbcWatchTest {

  private static final String DURATION = "db_client_operation_duration_seconds";
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  @TempDir
  static Path directory;

  private static EmbeddedPostgres postgres;

  private final HikariDataSource pool = pool();
  private final GoldenSignals signals = GoldenSignals.prometheus();
  private final DataSource orders = signals.watch(Watch.jdbc("orders-db", pool));
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Nines nines = Nines.builder("shop")
      .targets(TARGETS)
      .dependency(Dependency.required("orders-db", new Asking(orders)))
      .install(signals)
      .withoutShutdownHook()
      .start();

  @BeforeAll
  static void startPostgres() throws Exception {
    postgres = EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("data"))
        .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
        .start();
  }

  @AfterAll
  static void stopPostgres() throws Exception {
    postgres.close();
  }

  @AfterEach
  void close() {
    nines.close();
    pool.close();
  }

  @Test
  void queriesAreTimedByOperationAndByWhatWentWrong() throws Exception {
    execute("create temp table t (id int)");
    execute("select 1");
    execute("/* a comment */ select 2");
    assertThatThrownBy(() -> execute("select nothing from nowhere"))
        .isInstanceOf(SQLException.class);
    try (Connection connection = orders.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into pg_temp.t values (?)")) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }

    assertThat(scraped().value(DURATION + "_count", operation("SELECT", ""))).isEqualTo(2);
    assertThat(scraped().value(DURATION + "_count", operation("CREATE", ""))).isEqualTo(1);
    assertThat(scraped().value(DURATION + "_count", operation("BATCH INSERT", "")))
        .isEqualTo(1);
    assertThat(scraped()
            .value(DURATION + "_count", operation("SELECT", "org.postgresql.util.PSQLException")))
        .isEqualTo(1);
  }

  @Test
  void theBoundsAreThoseOfTheDependency() throws Exception {
    execute("select 1");

    assertThat(scraped().samples(DURATION + "_bucket", operation("SELECT", "")))
        .extracting(sample -> sample.labels().get("le"))
        .contains("0.3"); // 60 % of a p99 of 500 ms
  }

  @Test
  void aSlowQueryIsToldWithoutItsValues() throws Exception {
    nines.events().listen(events::add);
    try (Connection connection = orders.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select pg_sleep(0.35), ?::text, 'written secret', 4711")) {
      select.setString(1, "bound secret");
      select.execute();
    }
    execute("select 1");

    assertThat(events).hasSize(1);
    Event told = events.get(0);
    assertThat(told.type()).isEqualTo("slow_query");
    assertThat(told.fields())
        .containsEntry("dependency", "orders-db")
        .containsEntry("statement", "select pg_sleep(?), ?::text, ?, ?")
        .containsEntry("threshold_ms", 300L)
        .containsEntry("succeeded", true);
    assertThat((long) told.fields().get("duration_ms")).isGreaterThanOrEqualTo(350);
    assertThat(told.toString()).doesNotContain("secret", "4711");
    assertThat(scraped().value("nines_slow_queries_total", "dependency", "orders-db"))
        .isEqualTo(1);
  }

  @Test
  void thePoolBehindADependencysCheckIsFound() throws Exception {
    String[] label = {"db_client_connection_pool_name", "orders-db"};
    try (Connection held = orders.getConnection()) {
      assertThat(scraped()
              .value(
                  "db_client_connections",
                  label[0],
                  label[1],
                  "db_client_connection_state",
                  "used"))
          .isEqualTo(1);
      assertThat(scraped().value("nines_saturation_ratio", "resource", "pool:orders-db"))
          .isEqualTo(0.5);
      assertThat(held.isValid(1)).isTrue();
    }
    assertThat(scraped().value("db_client_connection_max", label)).isEqualTo(2);
    assertThat(scraped().value("db_client_connection_wait_time_seconds_count", label))
        .isPositive();
    assertThat(scraped().value("db_client_connection_use_time_seconds_count", label))
        .isPositive();
  }

  @Test
  void aPoolWithoutRoomIsMoreThanFullAndItsTimeoutsCount() throws Exception {
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    AtomicBoolean enough = new AtomicBoolean();
    try (Connection one = orders.getConnection();
        Connection two = orders.getConnection()) {
      waiting.execute(() -> {
        while (!enough.get()) {
          catchThrowable(orders::getConnection);
        }
      });
      Awaitility.await().untilAsserted(() -> assertThat(
              scraped().value("nines_saturation_ratio", "resource", "pool:orders-db"))
          .isEqualTo(1.5));
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(scraped().value("db_client_connection_timeouts_total")).isEqualTo(1));
      assertThat(one).isNotSameAs(two);
    } finally {
      enough.set(true);
      waiting.shutdown();
    }
  }

  @Test
  void whoNeedsThePoolOrTheDriverItselfStillGetsIt() throws Exception {
    assertThat(orders.unwrap(HikariDataSource.class)).isSameAs(pool);
    try (Connection connection = orders.getConnection()) {
      assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
    }
  }

  @Test
  void anUndeclaredDependencyIsRefused() {
    GoldenSignals others = GoldenSignals.prometheus();
    others.watch(Watch.jdbc("nobody", pool));

    assertThatThrownBy(
            () -> Nines.builder("shop").install(others).withoutShutdownHook().start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("watch: nobody (expected: a declared dependency, one of [])");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String[] operation(String name, String errorType) {
    return new String[] {
      "dependency",
      "orders-db",
      "db_system_name",
      "postgresql",
      "db_operation_name",
      name,
      "error_type",
      errorType
    };
  }

  private Exposition scraped() {
    return Exposition.parse(new String(
        nines
            .endpoints()
            .handle(new EndpointRequest("GET", "/metrics", Map.of(), Map.of(), false))
            .body(),
        StandardCharsets.UTF_8));
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(500);
    return new HikariDataSource(config);
  }

  /** As the check for data sources does it. */
  private record Asking(DataSource source) implements Check {

    @Override
    public CheckResult run(CheckRun run) {
      return CheckResult.healthy();
    }

    @Override
    public Optional<Object> subject() {
      return Optional.of(source);
    }
  }
}
