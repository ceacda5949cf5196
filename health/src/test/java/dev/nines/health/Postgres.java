package dev.nines.health;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL that can be frozen, thawed, killed and started again on the same port. */
final class Postgres implements AutoCloseable {

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
        .setOverrideWorkingDirectory(
            directory.resolveSibling("postgres-binaries").toFile());
  }

  static Postgres startedIn(Path directory) throws IOException {
    return new Postgres(directory.resolve("data"));
  }

  /** Returns a pool on it, that gives up on a dead connection as a production pool should. */
  HikariDataSource pool(int size) {
    return pool(size, port);
  }

  /** Returns such a pool that connects through another port. */
  HikariDataSource pool(int size, int through) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:postgresql://localhost:" + through + "/postgres?user=postgres");
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5_000);
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "5");
    return new HikariDataSource(config);
  }

  int port() {
    return port;
  }

  /** Stops all its processes where they are; the kernel goes on to accept connections for them. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  void kill() {
    signal("KILL");
  }

  void startAgain() throws IOException {
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
      List<String> command =
          new ArrayList<>(List.of("kill", "-" + name, Long.toString(postmaster)));
      ProcessHandle.of(postmaster).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> command.add(Long.toString(child.pid())));
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before the signal was sent", e);
    }
  }
}
