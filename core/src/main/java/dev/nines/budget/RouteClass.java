package dev.nines.budget;

import dev.nines.derive.Settings;
import dev.nines.derive.SlownessTier;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.targets.LatencyTarget;
import java.util.ArrayList;
import java.util.List;

/** The objectives of one route class: {@code errors}, and one for each latency target. Thread-safe. */
final class RouteClass {

  final String name;
  private final Objective errors;
  private final Objective[] latencies;
  private final long[] thresholdNanos;
  private final long[] slowNanos;

  RouteClass(String name, Settings settings, int firstSlot) {
    this.name = name;
    List<LatencyTarget> targets = settings.targets().latency(name).targets();
    errors = new Objective(
        Objective.ERRORS, name, settings.targets().errorRate(name), "no error", firstSlot);
    latencies = new Objective[targets.size()];
    thresholdNanos = new long[targets.size()];
    slowNanos = new long[targets.size()];
    for (int i = 0; i < latencies.length; i++) {
      LatencyTarget target = targets.get(i);
      int slot = firstSlot + 2 * (i + 1);
      String kept = "within " + target.threshold();
      latencies[i] = new Objective(target.objective(), name, target.slowBudget(), kept, slot);
      thresholdNanos[i] = target.threshold().toNanos();
      slowNanos[i] = target.threshold().multipliedBy(SlownessTier.MULTIPLE).toNanos();
    }
  }

  List<Objective> objectives() {
    List<Objective> all = new ArrayList<>(List.of(latencies));
    all.add(0, errors);
    return all;
  }

  void count(Exchange exchange) {
    Outcome outcome = exchange.outcome();
    if (!outcome.valid()) {
      return;
    }
    errors.count(!outcome.bad());
    if (!outcome.bad()) {
      long duration = exchange.durationNanos();
      for (int i = 0; i < latencies.length; i++) {
        latencies[i].count(duration <= thresholdNanos[i]);
        if (duration > slowNanos[i]) {
          latencies[i].slow.increment();
        }
      }
    }
  }
}
