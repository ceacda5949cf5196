package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.telemetry.Instruments;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** See {@link Checks#sustained}. */
final class SustainedCheck implements LocalCheck, MeasuredCheck {

  private static final long NOT_NOW = Long.MIN_VALUE;

  private final LocalCheck check;
  private final Duration least;
  private final TimeSource time;
  private final AtomicLong since = new AtomicLong(NOT_NOW);

  SustainedCheck(LocalCheck check, Duration least, TimeSource time) {
    this.check = check;
    this.least = least;
    this.time = time;
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    CheckResult result = check.run(run);
    if (result.status() == CheckResult.Status.HEALTHY) {
      since.set(NOT_NOW);
      return result;
    }
    long now = time.nanos();
    since.compareAndSet(NOT_NOW, now);
    return now - since.get() >= least.toNanos() ? result : CheckResult.healthy(result.message());
  }

  @Override
  public void publish(String name, Instruments instruments) {
    MeasuredCheck.publishIfMeasured(name, check, instruments);
  }
}
