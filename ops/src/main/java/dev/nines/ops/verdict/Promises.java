package dev.nines.ops.verdict;

import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All promises of a declaration that a deployment is held against, and their comparison. */
final class Promises {

  private static final String DEFAULT_CLASS = "default";

  private final Map<Objective, Double> allowed = new LinkedHashMap<>();
  private final Map<String, ConfidenceSequence> sequences = new LinkedHashMap<>();
  private final boolean manyClasses;

  Promises(ReliabilityTargets targets) {
    Stream.concat(Stream.of(DEFAULT_CLASS), targets.routes().keySet().stream())
        .forEach(routeClass -> add(targets, routeClass));
    allowed.forEach((objective, share) ->
        sequences.putIfAbsent(objective.name(), new ConfidenceSequence(share)));
    manyClasses = !targets.routes().isEmpty();
  }

  private void add(ReliabilityTargets targets, String routeClass) {
    allowed.put(
        new Objective(Objective.ERRORS, routeClass),
        targets.errorRate(routeClass).doubleValue());
    for (LatencyTarget target : targets.latency(routeClass).targets()) {
      allowed.put(
          new Objective(target.objective(), routeClass), target.slowBudget().doubleValue());
    }
  }

  /**
   * Compares each promise of the service as a whole, and then, if routes have promises of their own, each of each class.
   */
  List<Comparison> compare(Counters before, Counters after) {
    int tests = sequences.size() + (manyClasses ? allowed.size() : 0);
    List<Comparison> all = new ArrayList<>();
    for (String name : sequences.keySet()) {
      all.add(new Comparison(
          new Objective(name, DEFAULT_CLASS),
          true,
          allowedOverAll(name, after),
          before.pooled(name),
          after.pooled(name),
          tests,
          sequences.get(name)));
    }
    if (manyClasses) {
      allowed.forEach((objective, share) -> all.add(new Comparison(
          objective,
          false,
          share,
          before.of(objective),
          after.of(objective),
          tests,
          sequences.get(objective.name()))));
    }
    return all;
  }

  /** Each class weighs with its requests; what is of no class that is declared keeps the promise of the first. */
  private double allowedOverAll(String name, Counters after) {
    double requests = after.pooled(name).total();
    double rest = 1;
    double sum = 0;
    double first = 0;
    for (var promise : allowed.entrySet()) {
      if (promise.getKey().name().equals(name)) {
        double part = requests > 0 ? after.of(promise.getKey()).total() / requests : 0;
        first = first == 0 ? promise.getValue() : first;
        sum += promise.getValue() * part;
        rest -= part;
      }
    }
    return sum + rest * first;
  }
}
