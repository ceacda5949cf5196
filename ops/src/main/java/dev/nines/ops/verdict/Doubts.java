package dev.nines.ops.verdict;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What keeps a watch that saw the version, and nothing go wrong, from calling it a success. */
final class Doubts {

  private Doubts() {}

  static List<String> of(Plan plan, Fleet fleet, List<Comparison> comparisons, Measured before) {
    List<String> doubts = new ArrayList<>();
    fleet
        .others()
        .forEach(instance -> doubts.add(instance.name() + " runs version " + instance.version()
            + (plan.baseline().isPresent() ? ", neither of the two" : " still")));
    fleet.unreadySince().keySet().stream()
        .filter(name -> fleet.judged().anyMatch(instance -> instance.name().equals(name)))
        .forEach(name -> doubts.add(name + " is unready"));
    comparisons.stream()
        .filter(comparison -> comparison.whole() && !comparison.isKept())
        .forEach(comparison -> doubts.add(Wording.notShown(comparison)));
    saturated(plan, fleet.candidates().measured(), before).forEach(doubts::add);
    return doubts;
  }

  /** A mean beyond its target that was not so before; means have no test, so they can't fail a deployment. */
  private static List<String> saturated(Plan plan, Measured after, Measured before) {
    Map<String, BigDecimal> targets = new LinkedHashMap<>();
    targets.put("cpu", plan.targets().saturation().cpu());
    targets.put("memory", plan.targets().saturation().memory());
    targets.put("disk", plan.targets().saturation().disk());
    List<String> doubts = new ArrayList<>();
    targets.forEach((resource, target) -> {
      double now = after.saturation().getOrDefault(resource, 0.0);
      double then = before.saturation().getOrDefault(resource, 0.0);
      if (now > target.doubleValue() && then <= target.doubleValue()) {
        doubts.add(resource + " is at " + Shown.percent(now)
            + " of its limit, beyond its target of " + Shown.percent(target.doubleValue()));
      }
    });
    return doubts;
  }
}
