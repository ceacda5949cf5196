package dev.nines.examples.quickstart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/** A PostgreSQL of our own, in a temporary directory that goes when it is closed. */
final class EmbeddedDatabase implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static EmbeddedDatabase start() {
    try {
      // Its own shutdown hook would stop it at SIGTERM, under the requests that are still being
      // served.
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder().setRegisterShutdownHook(false).start());
    } catch (IOException | IllegalStateException failed) {
      throw new StartFailure(
          "The embedded PostgreSQL doesn't start: " + failed.getMessage()
              + " (set DATABASE_URL=postgres://user:password@host:port/database to use your own)",
          failed);
    }
  }

  DatabaseUrl url() {
    return new DatabaseUrl("localhost", postgres.getPort(), "postgres", Map.of("user", "postgres"));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
