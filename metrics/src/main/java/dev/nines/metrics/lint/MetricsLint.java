package dev.nines.metrics.lint;

import java.util.ArrayList;
import java.util.List;

/** All rules together. Stateless and thread-safe. */
public final class MetricsLint {

  private static final List<Rule> RULES = List.of(
      new NamingRule(),
      new CollisionRule(),
      new LabelRule(),
      new SameRequestsRule(),
      new SeriesBudgetRule());

  private MetricsLint() {}

  /** Returns what is wrong, the worst first; nothing if all is well. */
  public static List<Finding> check(Exposure exposure) {
    List<Finding> found = new ArrayList<>();
    RULES.forEach(rule -> rule.check(exposure, found::add));
    return found.stream().distinct().sorted(Finding.ORDER).toList();
  }
}
