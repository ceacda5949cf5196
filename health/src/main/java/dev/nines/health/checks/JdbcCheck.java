package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** See {@link Checks#jdbc}. */
final class JdbcCheck implements Check {

  private final DataSource dataSource;

  JdbcCheck(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public CheckResult run(CheckRun run) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      run.onAbort(() -> abort(connection));
      return connection.isValid(wholeSeconds(run))
          ? CheckResult.healthy()
          : CheckResult.unhealthy("the connection is not valid");
    }
  }

  /** JDBC counts in whole seconds; what is finer is kept by the abort. */
  private static int wholeSeconds(CheckRun run) {
    return (int) Math.min(Integer.MAX_VALUE, run.timeout().plusMillis(999).toSeconds());
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("The connection could not be aborted", e);
    }
  }
}
