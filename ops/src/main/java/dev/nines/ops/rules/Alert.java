package dev.nines.ops.rules;

/** Every alert that is generated; rules, routes and runbooks read their names here. */
public enum Alert {
  ERROR_BURN("NinesErrorBurn", Severity.PAGE, "The error budget burns fast enough to page"),
  ERROR_FAST_BURN("NinesErrorFastBurn", Severity.PAGE, "Errors have come in a burst and go on"),
  ERROR_HIGH_BURN("NinesErrorHighBurn", Severity.HIGH, "Errors are over ten times their budget"),
  ERROR_SLOW_BURN("NinesErrorSlowBurn", Severity.TICKET, "The error budget will not last"),
  LATENCY_BURN("NinesLatencyBurn", Severity.PAGE, "The latency budget burns fast enough to page"),
  LATENCY_FAST_BURN(
      "NinesLatencyFastBurn", Severity.PAGE, "Slow requests have come in a burst and go on"),
  LATENCY_HIGH_BURN(
      "NinesLatencyHighBurn", Severity.HIGH, "Slow requests are over ten times their budget"),
  LATENCY_SLOW_BURN("NinesLatencySlowBurn", Severity.TICKET, "The latency budget will not last"),
  VERY_SLOW("NinesVerySlow", Severity.PAGE, "The tail takes over four times what is promised"),
  SLOW("NinesSlow", Severity.HIGH, "Many requests take over four times what is promised"),
  AVAILABILITY_BURN(
      "NinesAvailabilityBurn", Severity.PAGE, "The service was not ready for too long"),
  AVAILABILITY_SLOW_BURN(
      "NinesAvailabilitySlowBurn", Severity.TICKET, "The availability budget will not last"),
  SERVICE_DOWN("NinesServiceDown", Severity.PAGE, "No instance can be scraped"),
  SERVICE_UNREADY("NinesServiceUnready", Severity.PAGE, "No instance is ready"),
  INSTANCE_DOWN("NinesInstanceDown", Severity.HIGH, "An instance cannot be scraped"),
  METRICS_ABSENT("NinesMetricsAbsent", Severity.HIGH, "The service is up but exposes no metrics"),
  RECOVERY_SLOW(
      "NinesRecoverySlow", Severity.HIGH, "An instance is unready for longer than promised"),
  RESTARTS("NinesRestarts", Severity.HIGH, "An instance restarts again and again"),
  SATURATION("NinesSaturation", Severity.HIGH, "A resource is fuller than it should be"),
  BREAKER_OPEN("NinesBreakerOpen", Severity.HIGH, "The breaker of a dependency is open"),
  CHECK_FAILING("NinesCheckFailing", Severity.HIGH, "A health check fails"),
  CERTIFICATE_ENDING("NinesCertificateEnding", Severity.HIGH, "A certificate ends within days"),
  CERTIFICATE_EXPIRING(
      "NinesCertificateExpiring", Severity.TICKET, "A certificate ends within weeks"),
  BACKUP_OLD("NinesBackupOld", Severity.HIGH, "The last good backup is older than promised"),
  SECRET_OLD("NinesSecretOld", Severity.TICKET, "A secret should have been rotated"),
  TELEMETRY_DROPPED("NinesTelemetryDropped", Severity.TICKET, "Telemetry is being lost"),
  FLAPPING("NinesFlapping", Severity.INFO, "A check goes to and fro"),
  SERIES_NEAR_LIMIT("NinesSeriesNearLimit", Severity.INFO, "Series are near their maximum");

  private final String label;
  private final Severity severity;
  private final String meaning;

  Alert(String label, Severity severity, String meaning) {
    this.label = label;
    this.severity = severity;
    this.meaning = meaning;
  }

  /** Returns its name in Prometheus: {@code NinesErrorBurn}. */
  public String label() {
    return label;
  }

  /** Returns how soon somebody must look. */
  public Severity severity() {
    return severity;
  }

  /** Returns what it says, in one sentence without a full stop. */
  public String meaning() {
    return meaning;
  }
}
