package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the age of something that must be renewed with the age that it may reach. */
final class AgeCheck implements MeasuredCheck {

  /** What two machines with clocks in good order may differ by; a date further ahead is no date to trust. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final String what;
  private final Metric metric;
  private final Callable<Instant> made;
  private final Duration most;
  private final Function<String, CheckResult> tooOld;
  private final TimeSource time;

  /** The last date to be trusted: its age goes on to grow while no newer one can be told. */
  private volatile @Nullable Instant known;

  /** @param tooOld what it means that the age is exceeded */
  AgeCheck(
      String what,
      Metric metric,
      Callable<Instant> made,
      Duration most,
      Function<String, CheckResult> tooOld,
      TimeSource time) {
    this.what = what;
    this.metric = metric;
    this.made = made;
    this.most = Require.positive(what + ".age", most);
    this.tooOld = tooOld;
    this.time = time;
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    Instant date = made.call();
    Duration age = Duration.between(date, time.now());
    if (age.compareTo(AHEAD.negated()) < 0) {
      // Else one wrong date would hide for ever that nothing came after it.
      return CheckResult.unhealthy(what + " is dated " + text(age.negated()) + " ahead");
    }
    known = date;
    String message =
        what + " is " + text(age) + " old (expected: at most " + Durations.format(most) + ")";
    return age.compareTo(most) > 0 ? tooOld.apply(message) : CheckResult.healthy(message);
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(metric, this::seconds, name);
  }

  private double seconds() {
    Instant date = known;
    return date == null
        ? Double.NaN
        : Math.max(0, Durations.seconds(Duration.between(date, time.now())));
  }

  private static String text(Duration age) {
    return Durations.format(age.truncatedTo(ChronoUnit.SECONDS));
  }
}
