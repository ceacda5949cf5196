package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** See {@link ProcessChecks#heartbeat}. */
final class HeartbeatCheck implements LocalCheck {

  private final Heartbeat heartbeat;
  private final Duration longest;

  HeartbeatCheck(Heartbeat heartbeat, Duration longest) {
    this.heartbeat = heartbeat;
    this.longest = Require.positive("heartbeat.longestSilence", longest);
  }

  @Override
  public CheckResult run(CheckRun run) {
    Duration silence = heartbeat.silence();
    return silence.compareTo(longest) > 0
        ? CheckResult.unhealthy("silent for "
            + Durations.format(silence.truncatedTo(ChronoUnit.MILLIS)) + " (expected: at most "
            + Durations.format(longest) + ")")
        : CheckResult.healthy();
  }
}
