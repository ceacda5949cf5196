package dev.nines.budget;

import dev.nines.derive.Settings;
import dev.nines.derive.SlownessTier;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.targets.LatencyTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The objectives of one route class: {@code errors}, and one for each latency target. Thread-safe. */
final class RouteClass {

  final String name;
  private final LongAdder keptAll = new LongAdder();
  private final Objective errors;
  private final Objective[] latencies;
  private final long[] thresholdNanos;
  private final long[] slowNanos;

  /** What takes as long at most keeps every target. */
  private final long tightestNanos;

  RouteClass(String name, Settings settings, int firstSlot) {
    this.name = name;
    List<LatencyTarget> targets = settings.targets().latency(name).targets();
    errors = new Objective(
        Objective.ERRORS, name, settings.targets().errorRate(name), "no error", firstSlot, keptAll);
    latencies = new Objective[targets.size()];
    thresholdNanos = new long[targets.size()];
    slowNanos = new long[targets.size()];
    for (int i = 0; i < latencies.length; i++) {
      LatencyTarget target = targets.get(i);
      int slot = firstSlot + 2 * (i + 1);
      String kept = "within " + target.threshold();
      latencies[i] =
          new Objective(target.objective(), name, target.slowBudget(), kept, slot, keptAll);
      thresholdNanos[i] = target.threshold().toNanos();
      slowNanos[i] = target.threshold().multipliedBy(SlownessTier.MULTIPLE).toNanos();
    }
    tightestNanos = Arrays.stream(thresholdNanos).min().orElse(Long.MAX_VALUE);
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
    long duration = exchange.durationNanos();
    if (!outcome.bad() && duration <= tightestNanos) {
      keptAll.increment();
    } else {
      countApart(outcome.bad(), duration);
    }
  }

  private void countApart(boolean bad, long duration) {
    errors.count(!bad);
    if (!bad) {
      for (int i = 0; i < latencies.length; i++) {
        latencies[i].count(duration <= thresholdNanos[i]);
        if (duration > slowNanos[i]) {
          latencies[i].slow.increment();
        }
      }
    }
  }
}
