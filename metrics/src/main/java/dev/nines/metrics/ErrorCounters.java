package dev.nines.metrics;

import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.request.Route;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that went wrong by kind; every series is there from the start. Thread-safe. */
final class ErrorCounters {

  private static final ErrorKind[] KINDS = ErrorKind.values();

  private final Map<String, LongAdder[]> byClass = new HashMap<>();

  ErrorCounters(ReliabilityTargets targets, Instruments instruments) {
    add(Route.DEFAULT_CLASS, instruments);
    targets.routes().keySet().forEach(routeClass -> add(routeClass, instruments));
  }

  /** Counts a request that has ended, if it went wrong. */
  void count(Exchange exchange) {
    ErrorKind kind = exchange.errorKind();
    if (kind != null) {
      byClass.get(exchange.route().routeClass(exchange.method()))[kind.ordinal()].increment();
    }
  }

  private void add(String routeClass, Instruments instruments) {
    LongAdder[] counts = new LongAdder[KINDS.length];
    for (ErrorKind kind : KINDS) {
      LongAdder count = new LongAdder();
      counts[kind.ordinal()] = count;
      instruments.publish(Metrics.ERRORS, count::sum, kind.label(), routeClass);
    }
    byClass.put(routeClass, counts);
  }
}
