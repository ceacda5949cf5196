package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges when the first of several certificates ends: each link of a chain is as needed as the last. */
final class CertificateCheck implements MeasuredCheck {

  /** Where the certificates are found, anew at each run. */
  @FunctionalInterface
  interface Source {

    Collection<? extends Certificate> find(CheckRun run) throws Exception;
  }

  private static final Comparator<X509Certificate> SOONEST =
      Comparator.comparing(X509Certificate::getNotAfter);

  private final Source source;
  private final TimeSource time;

  /** In seconds since 1970; what was found last holds while nothing can be found. */
  private volatile double end = Double.NaN;

  CertificateCheck(Source source, TimeSource time) {
    this.source = source;
    this.time = time;
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    List<X509Certificate> found = source.find(run).stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .toList();
    Optional<X509Certificate> soonest = found.stream().min(SOONEST);
    soonest.ifPresent(certificate -> end = certificate.getNotAfter().toInstant().getEpochSecond());
    Instant now = time.now();
    return found.stream()
        .filter(certificate -> certificate.getNotBefore().toInstant().isAfter(now))
        .findAny()
        .map(early -> CheckResult.unhealthy(name(early) + " is not valid yet"))
        .or(() -> soonest.map(certificate -> judge(certificate, now)))
        .orElseGet(() -> CheckResult.unhealthy("there is no X.509 certificate"));
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(Metrics.CERTIFICATE_EXPIRY, () -> end, name);
  }

  private static CheckResult judge(X509Certificate certificate, Instant now) {
    Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
    if (left.isNegative()) {
      return CheckResult.unhealthy(name(certificate) + " expired " + text(left.negated()) + " ago");
    }
    String message = name(certificate) + " expires in " + text(left);
    if (left.compareTo(TlsChecks.EXPIRY_FAILS) <= 0) {
      return CheckResult.unhealthy(message);
    }
    return left.compareTo(TlsChecks.EXPIRY_WARNS) <= 0
        ? CheckResult.degraded(message)
        : CheckResult.healthy(message);
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String text(Duration duration) {
    return Durations.format(duration.truncatedTo(ChronoUnit.MINUTES));
  }
}
