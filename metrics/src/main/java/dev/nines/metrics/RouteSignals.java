package dev.nines.metrics;

import dev.nines.request.Exchange;
import io.micrometer.core.instrument.DistributionSummary;

/** What is measured of one route and method; the sizes are those of the route. Thread-safe. */
record RouteSignals(
    StatusTimers durations, DistributionSummary requestSizes, DistributionSummary responseSizes) {

  void record(Exchange exchange, String errorType) {
    durations.record(exchange.status(), errorType, exchange.durationNanos());
    if (exchange.requestBytes() >= 0) {
      requestSizes.record(exchange.requestBytes());
    }
    if (exchange.responseBytes() >= 0) {
      responseSizes.record(exchange.responseBytes());
    }
  }
}
