package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** See {@link Checks#jdbc}. */
final class JdbcCheck implements Check {

  /** Where connections come from. */
  @FunctionalInterface
  interface Source {

    Connection connect() throws SQLException;
  }

  private final Source source;
  private final Optional<Object> subject;

  JdbcCheck(Source source) {
    this(source, Optional.empty());
  }

  private JdbcCheck(Source source, Optional<Object> subject) {
    this.source = source;
    this.subject = subject;
  }

  static JdbcCheck of(DataSource dataSource) {
    return new JdbcCheck(dataSource::getConnection, Optional.of(dataSource));
  }

  @Override
  public CheckResult run(CheckRun run) throws SQLException {
    try (Connection connection = source.connect()) {
      run.onAbort(() -> abort(connection));
      return connection.isValid(wholeSeconds(run))
          ? CheckResult.healthy()
          : CheckResult.unhealthy("the connection is not valid");
    }
  }

  @Override
  public Optional<Object> subject() {
    return subject;
  }

  /** JDBC counts in whole seconds; what is finer is kept by the abort. */
  static int wholeSeconds(CheckRun run) {
    return (int) Math.min(Integer.MAX_VALUE, run.timeout().plusMillis(999).toSeconds());
  }

  static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("The connection could not be aborted", e);
    }
  }
}
