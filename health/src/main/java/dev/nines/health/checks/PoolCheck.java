package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;

/** See {@link PoolChecks#pool}. */
record PoolCheck(PoolProbe probe, TargetShare target) implements MeasuredCheck {

  @Override
  public CheckResult run(CheckRun run) throws InterruptedException {
    PoolProbe.Answer answer = probe.ask(run);
    return switch (answer.finding()) {
      case LENT -> answer.use().judge(target);
      case EXHAUSTED ->
        CheckResult.unhealthy(
            "no connection within " + Durations.format(answer.waited()) + ": " + answer.use());
      case DEAD ->
        CheckResult.degraded(
            "no connection, because the database does not answer: " + answer.use());
    };
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(Metrics.SATURATION, () -> probe.use().share(), name);
  }
}
