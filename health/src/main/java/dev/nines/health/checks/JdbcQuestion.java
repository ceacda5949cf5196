package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A query that is asked on a connection of its own, within the run's time. */
final class JdbcQuestion {

  /** Reads the answer. */
  @FunctionalInterface
  interface Reader<T> {

    T read(ResultSet rows) throws SQLException;
  }

  private final JdbcCheck.Source source;
  private final String sql;

  JdbcQuestion(JdbcCheck.Source source, String sql) {
    this.source = source;
    this.sql = sql;
  }

  <T> T ask(CheckRun run, Reader<T> reader) throws SQLException {
    try (Connection connection = source.connect()) {
      run.onAbort(() -> JdbcCheck.abort(connection));
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(JdbcCheck.wholeSeconds(run));
        try (ResultSet rows = statement.executeQuery(sql)) {
          return reader.read(rows);
        }
      }
    }
  }
}
