package dev.nines.examples.spring;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that can be killed without a word, and started again on its port with what it had kept. */
final class KillablePostgres implements AutoCloseable {

  private final Path directory;
  private EmbeddedPostgres server;

  KillablePostgres(Path directory) throws IOException {
    this.directory = directory;
    this.server = builder().start();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofMinutes(1));
  }

  String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres";
  }

  /** Kills all its processes. */
  void kill() throws IOException {
    String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0).trim();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  void startAgain() throws IOException {
    int port = server.getPort();
    // What was killed still holds the lock on the directory.
    server.close();
    server = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
