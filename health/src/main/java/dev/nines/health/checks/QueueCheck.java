package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.util.concurrent.BlockingQueue;

/** See {@link ProcessChecks#queue}. */
final class QueueCheck implements LocalCheck, MeasuredCheck {

  private final BlockingQueue<?> queue;
  private final int bound;
  private final TargetShare target;

  QueueCheck(BlockingQueue<?> queue, int bound, TargetShare target) {
    this.queue = queue;
    this.bound = Require.between("queue.bound", bound, 1, Integer.MAX_VALUE);
    this.target = target;
  }

  @Override
  public CheckResult run(CheckRun run) {
    return target.judgeFilling(used());
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(Metrics.SATURATION, this::used, name);
  }

  private double used() {
    return (double) queue.size() / bound;
  }
}
