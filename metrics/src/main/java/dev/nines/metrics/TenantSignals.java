package dev.nines.metrics;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import dev.nines.request.Tenants;
import dev.nines.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * Measures the requests of the busiest tenants, in metrics of their own: as a label of the request metrics, each tenant
 * would multiply routes, methods, statuses and buckets. Thread-safe.
 */
final class TenantSignals implements RequestListener {

  private final TopTenants<TenantMeters> top;

  TenantSignals(
      Tenants tenants,
      MeterRegistry registry,
      SeriesBudget budget,
      DurationTimers timers,
      List<Duration> bounds,
      TimeSource time) {
    this.top = new TopTenants<>(
        tenants.top(),
        time.nanos(),
        new TenantMeters(Tenants.OTHER, registry, timers, bounds),
        tenant -> budget.hasRoom(TenantMeters.series(bounds.size()))
            ? new TenantMeters(tenant, registry, timers, bounds)
            : null,
        meters -> meters.removeFrom(registry));
  }

  @Override
  public void ended(Exchange exchange) {
    long now = exchange.startNanos() + exchange.durationNanos();
    top.of(exchange.tenant(), exchange.outcome() == Outcome.SUCCESS, now).record(exchange);
  }
}
