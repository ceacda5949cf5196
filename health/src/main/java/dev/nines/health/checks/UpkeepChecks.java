package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Checks of what must be renewed, verified or set right in time, long before a request fails of it: backups, secrets, stored
 * data, the clock. For certificates see {@link TlsChecks}.
 *
 * <p>None of it is mended by taking instances out of traffic, and it is the same for all of them. Add such a check with
 * {@code HealthEndpoints.check(name, check)}, whose failure degrades and leaves the service ready.
 *
 * <p>Those of backups and secrets also publish the age, from the last date that could be told on, under the name of the
 * check: {@code nines_backup_age_seconds{check}} and {@code nines_secret_age_seconds{check}}.
 *
 * <p>All are thread-safe.
 */
public final class UpkeepChecks {

  /**
   * How long a secret may be used before it is replaced: 90 days.
   *
   * @see <a href="https://www.cisecurity.org/benchmark/amazon_web_services">CIS Amazon Web Services Foundations
   *     Benchmark, "Ensure access keys are rotated every 90 days or less"</a>
   */
  public static final Duration ROTATION_PERIOD = Duration.ofDays(90);

  private UpkeepChecks() {}

  /**
   * Compares the age of the newest backup in a directory with the recovery point objective; over it is unhealthy. So is a
   * directory without one, and a date more than a minute ahead of this clock. Directories below are not searched, and empty
   * files do not count. A backup that is still being written looks finished: give it another name until it is.
   *
   * @param glob which names are backups, such as {@code *.dump}; the syntax of
   *     {@link java.nio.file.FileSystem#getPathMatcher}
   * @param rpo the age that the newest good backup may reach; {@code RecoveryTargets.rpo()}
   * @throws java.util.regex.PatternSyntaxException if the pattern is none
   */
  public static Check backup(Path directory, String glob, Duration rpo, TimeSource time) {
    return backup(new NewestFile(directory, glob), rpo, time);
  }

  /**
   * The same for backups that are found in another way.
   *
   * @param newest says when the newest good backup was taken; throws if there is none, or if it cannot be told
   */
  public static Check backup(Callable<Instant> newest, Duration rpo, TimeSource time) {
    return new AgeCheck("backup", Metrics.BACKUP_AGE, newest, rpo, CheckResult::unhealthy, time);
  }

  /**
   * Compares the age of a secret with the period in which it is to be replaced; over it is degraded, for the secret still
   * works.
   *
   * @param issued says when the secret in use was made; throws if it cannot be told
   * @param period {@link #ROTATION_PERIOD} where no rule of your own says otherwise
   */
  public static Check secret(Callable<Instant> issued, Duration period, TimeSource time) {
    return new AgeCheck("secret", Metrics.SECRET_AGE, issued, period, CheckResult::degraded, time);
  }

  /**
   * Compares the share of lost objects that the last audit found with the durability target, exactly; over it is unhealthy.
   * An audit that verified nothing is degraded. It judges what was found and does not extrapolate: that nothing of a sample
   * was lost does not prove many nines.
   *
   * @param audit returns what was found over the last year, the time to which the target refers
   * @param target share of objects that must survive, in (0, 1); {@code ReliabilityTargets.durability()}
   */
  public static Check durability(Callable<DurabilityAudit> audit, BigDecimal target) {
    return new DurabilityCheck(audit, target);
  }

  /**
   * Compares this machine's clock with the {@code Date} of an HTTP server's answer, whatever its status; a difference over
   * the bound is degraded, since it does not show which of the two is wrong. Only a difference that is proven counts: the
   * header's second and the time that the answer took are taken off. An answer from a cache or without a date is unhealthy.
   *
   * @param most difference that is let pass; positive
   * @throws IllegalArgumentException if the URI is not an absolute one of {@code http} or {@code https}
   */
  public static Check clockSkew(URI uri, Duration most, TimeSource time) {
    return new ClockSkewCheck(uri, most, time);
  }
}
