package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import java.util.Optional;

/** See {@link PoolChecks#database}. */
record PooledDatabaseCheck(PoolProbe probe) implements Check {

  @Override
  public CheckResult run(CheckRun run) throws InterruptedException {
    PoolProbe.Answer answer = probe.ask(run);
    return switch (answer.finding()) {
      case LENT -> CheckResult.healthy();
      case EXHAUSTED ->
        CheckResult.degraded("the database answers, but the pool lends no connection within "
            + Durations.format(answer.waited()) + ": " + answer.use());
      case DEAD -> CheckResult.unhealthy("the database does not answer: " + answer.reason());
    };
  }

  @Override
  public Optional<Object> subject() {
    return Optional.of(probe.pool());
  }
}
