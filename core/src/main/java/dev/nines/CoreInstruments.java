package dev.nines;

import dev.nines.request.Requests;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
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
    double started =
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now).toEpochMilli()
            / MILLIS_PER_SECOND;
    instruments.publish(Metrics.PROCESS_START, () -> started);
    context.budget().publish(instruments);
    requests.publishTo(instruments);
    context.tracing().publishTo(instruments);
  }
}
