package dev.nines.ops.gate;

import dev.nines.ops.budget.BudgetLeft;
import java.util.List;

/**
 * An answer and its reasons.
 *
 * @param answer whether a deployment may go ahead
 * @param reasons why not, each a clause; empty if it may
 * @param budgets what is left of each
 */
public record GateVerdict(GateAnswer answer, List<String> reasons, List<BudgetLeft> budgets) {

  public GateVerdict {
    reasons = List.copyOf(reasons);
    budgets = List.copyOf(budgets);
  }

  /** Returns the exit code: 0 open, 1 closed, 2 unknown. */
  public int exitCode() {
    return switch (answer) {
      case OPEN -> 0;
      case CLOSED -> 1;
      case UNKNOWN -> 2;
    };
  }

  static GateVerdict unknown(String reason) {
    return new GateVerdict(GateAnswer.UNKNOWN, List.of(reason), List.of());
  }
}
