package dev.nines.health;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL that can be frozen, thawed, killed and started again on the same port. */
public final class Postgres implements AutoCloseable {

  /** Unpacked once for all tests of the module: it takes longer than a start. */
  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  private final Path directory;
  private final int port;
  private EmbeddedPostgres server;

  private Postgres(Path directory) throws IOException {
    this.directory = directory;
    this.server = builder().start();
    this.port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(BINARIES.toFile())
        .setPGStartupWait(Duration.ofMinutes(1));
  }

  public static Postgres startedIn(Path directory) throws IOException {
    return new Postgres(directory.resolve("data"));
  }

  /** Returns a pool on it, that gives up on a dead connection as a production pool should. */
  public HikariDataSource pool(int size) {
    return pool(size, port);
  }

  /** Returns such a pool that connects through another port. */
  public HikariDataSource pool(int size, int through) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://localhost:" + through + "/postgres?user=postgres");
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5_000);
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "5");
    return new HikariDataSource(config);
  }

  public int port() {
    return port;
  }

  /** Starts a standby that streams from this server; it begins with a copy of its files that is made while it runs. */
  public Postgres standbyIn(Path copy) throws IOException, SQLException {
    Path data = copy.resolve("data");
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('standby', true)");
      new DataCopy(directory, data).make();
      try (ResultSet label = statement.executeQuery(
          "select labelfile from pg_backup_stop(wait_for_archive => false)")) {
        label.next();
        Files.writeString(data.resolve("backup_label"), label.getString(1));
      }
    }
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n"
            + "wal_retrieve_retry_interval = '200ms'\n");
    return new Postgres(data);
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
  }

  /** Returns connections that are opened when they are asked for. */
  public DataSource unpooled(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(user);
    source.setConnectTimeout(5);
    source.setSocketTimeout(5);
    return source;
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the one value that a query has. */
  public String ask(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Stops all its processes where they are; the kernel goes on to accept connections for them. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  public void kill() {
    signal("KILL");
  }

  public void startAgain() throws IOException {
    // What was killed still holds the lock on the directory.
    server.close();
    server = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void signal(String name) {
    try {
      long postmaster = Long.parseLong(
          Files.readAllLines(directory.resolve("postmaster.pid")).get(0).trim());
      // First, for what it begets while the others are counted would be missed.
      Signals.send("STOP", List.of(postmaster));
      List<Long> all = new ArrayList<>(List.of(postmaster));
      ProcessHandle.of(postmaster).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> all.add(child.pid()));
      Signals.send(name, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
