package dev.nines;

import dev.nines.derive.SaturationRules;
import dev.nines.request.Requests;
import dev.nines.targets.SaturationTargets;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** The series that core itself knows. */
record CoreInstruments(FeatureContext context, Requests requests) {

  private static final double MILLIS_PER_SECOND = Duration.ofSeconds(1).toMillis();

  void publishTo(Instruments instruments) {
    ServiceIdentity who = context.identity();
    instruments.publish(
        Metrics.BUILD_INFO, () -> 1, who.service(), who.version(), who.environment());
    instruments.publish(Metrics.READY, () -> context.lifecycle().ready() ? 1 : 0);
    instruments.publish(Metrics.SERVER_ACTIVE, requests::active);
    SaturationRules.requestsInFlight(context.settings().targets())
        .map(BigDecimal::doubleValue)
        .ifPresent(most ->
            instruments.publish(Metrics.SATURATION, () -> requests.active() / most, "requests"));
    publishTargets(instruments, context.settings().targets().saturation());
    double started =
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now).toEpochMilli()
            / MILLIS_PER_SECOND;
    instruments.publish(Metrics.PROCESS_START, () -> started);
    context.budget().publish(instruments);
    requests.publishTo(instruments);
    context.warmUps().publish(instruments);
    context.tracing().publishTo(instruments);
  }

  /** Alert rules for a fleet are written once, and read from each service what it has declared. */
  private static void publishTargets(Instruments instruments, SaturationTargets targets) {
    publish(instruments, targets.cpu(), "cpu");
    publish(instruments, targets.memory(), "memory");
    publish(instruments, targets.disk(), "disk");
  }

  private static void publish(Instruments instruments, BigDecimal target, String resource) {
    double full = target.doubleValue();
    instruments.publish(Metrics.SATURATION_TARGET, () -> full, resource);
  }
}
