package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.sql.SQLException;
import java.time.Duration;

/** Asks a server of PostgreSQL how far a copy lies behind, and publishes it. */
final class LagCheck implements MeasuredCheck {

  /**
   * What an answer means.
   *
   * @param seconds the lag; not a number if it cannot be told
   */
  record Finding(CheckResult result, double seconds) {

    static Finding of(CheckResult result, Duration lag) {
      return new Finding(result, Durations.seconds(lag));
    }

    static Finding untold(String why) {
      return new Finding(CheckResult.unhealthy(why), Double.NaN);
    }
  }

  private final JdbcQuestion question;
  private final JdbcQuestion.Reader<Finding> reader;
  private volatile double lag = Double.NaN;

  LagCheck(JdbcQuestion question, JdbcQuestion.Reader<Finding> reader) {
    this.question = question;
    this.reader = reader;
  }

  @Override
  public CheckResult run(CheckRun run) throws SQLException {
    double told = Double.NaN;
    try {
      Finding finding = question.ask(run, reader);
      told = finding.seconds();
      return finding.result();
    } finally {
      lag = told;
    }
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(Metrics.REPLICATION_LAG, () -> lag, name);
  }
}
