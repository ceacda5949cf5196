package dev.nines.metrics;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The meters of one tenant. Thread-safe; recording allocates nothing. */
final class TenantMeters {

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final LongAdder[] requests = new LongAdder[OUTCOMES.length];
  private final Timer duration;
  private final List<Meter> meters = new ArrayList<>();

  TenantMeters(
      String tenant, MeterRegistry registry, DurationTimers timers, List<Duration> bounds) {
    for (Outcome outcome : OUTCOMES) {
      LongAdder count = new LongAdder();
      requests[outcome.ordinal()] = count;
      meters.add(
          FunctionCounter.builder(MeterName.of(Metrics.TENANT_REQUESTS), count, LongAdder::sum)
              .description(Metrics.TENANT_REQUESTS.help())
              .tags(MeterName.tags(Metrics.TENANT_REQUESTS, List.of(tenant, outcome.label())))
              .register(registry));
    }
    duration = timers.timer(Metrics.TENANT_DURATION, bounds, tenant);
    if (tenant.equals(duration.getId().getTag("tenant"))) { // not the one that it was folded into
      meters.add(duration);
    }
  }

  /** Returns how many series they are. */
  static int series(int bounds) {
    return OUTCOMES.length + SeriesCount.ofHistogram(bounds);
  }

  void record(Exchange exchange) {
    Outcome outcome = exchange.outcome();
    requests[outcome.ordinal()].increment();
    if (outcome.valid() && !outcome.bad()) {
      duration.record(exchange.durationNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void removeFrom(MeterRegistry registry) {
    meters.forEach(registry::remove);
  }
}
