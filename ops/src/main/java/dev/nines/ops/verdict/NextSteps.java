package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.targets.Durations;
import java.util.ArrayList;
import java.util.List;

/** What to do after a verdict. */
final class NextSteps {

  private NextSteps() {}

  static List<String> of(
      Plan plan,
      DeploymentStatus status,
      Conclusion conclusion,
      Rollback rollback,
      List<BudgetLeft> budgets) {
    List<String> steps = new ArrayList<>();
    switch (status) {
      case SUCCESS -> steps.add("Nothing to do.");
      case FAILED -> failed(steps, conclusion, rollback);
      case ROLLED_BACK -> rolledBack(steps, plan, conclusion, rollback);
      case INCONCLUSIVE -> inconclusive(steps, conclusion);
    }
    budgets.stream()
        .filter(budget -> budget.left() <= 0)
        .forEach(budget -> steps.add("The budget of " + budget.objective() + " of "
            + budget.routeClass() + " is spent: deploy nothing but what mends it."));
    return steps;
  }

  private static void failed(List<String> steps, Conclusion conclusion, Rollback rollback) {
    steps.add(
        rollback.given()
            ? "The rollback " + rollback.outcome() + ": roll back by hand, now."
            : "Roll back, for no --rollback-command was given.");
    conclusion.reasons().forEach(reason -> steps.add("Find out why: " + reason + "."));
  }

  private static void rolledBack(
      List<String> steps, Plan plan, Conclusion conclusion, Rollback rollback) {
    if (!rollback.gone().orElse(false)) {
      steps.add(
          "See that the version is gone: it was still there, or not all instances were ready, "
              + Durations.format(plan.targets().recovery().rollback()) + " after the rollback.");
    }
    if (!rollback.withinTarget()) {
      steps.add("Make the rollback quicker: it took longer than recovery.rollback allows.");
    }
    conclusion.reasons().forEach(reason -> steps.add("Find out why: " + reason + "."));
  }

  private static void inconclusive(List<String> steps, Conclusion conclusion) {
    conclusion.reasons().forEach(reason -> steps.add("Not shown: " + reason + "."));
    steps.add("Watch for longer (--duration), or send more traffic, before you rely on it.");
  }
}
