package dev.nines.budget;

import dev.nines.derive.BudgetStateRules;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides how the budget stands: each objective for itself, with what it was before, and the worst of them for all.
 * Looking is one thread's at a time; reading the state costs one volatile read.
 */
final class StateWatch {

  private final List<Objective> objectives;
  private final Windows windows;
  private final PageTiers tiers;
  private final Duration window;
  private final int minimumBad;
  private final double calm;
  private final double spent;
  private final double regained;
  private final BudgetState[] each;
  private volatile BudgetState state = BudgetState.NORMAL;

  StateWatch(
      List<Objective> objectives,
      Windows windows,
      PageTiers tiers,
      Duration window,
      BudgetStateRules rules) {
    this.objectives = objectives;
    this.windows = windows;
    this.tiers = tiers;
    this.window = window;
    this.minimumBad = rules.minimumBad();
    this.calm = rules.calm().doubleValue();
    this.spent = rules.spent().doubleValue();
    this.regained = rules.regained().doubleValue();
    this.each = new BudgetState[objectives.size()];
    Arrays.fill(each, BudgetState.NORMAL);
  }

  BudgetState state() {
    return state;
  }

  /** Looks at every objective; tells when the state of the whole has changed. */
  synchronized void look(long nowNanos, Consumer<BudgetStateChange> changed) {
    int worstBefore = worst();
    for (int i = 0; i < each.length; i++) {
      each[i] = state(objectives.get(i), each[i], nowNanos);
    }
    int worst = worst();
    BudgetState before = state;
    BudgetState now = each[worst];
    if (now != before) {
      state = now;
      int decided = now.compareTo(before) > 0 ? worst : worstBefore;
      changed.accept(change(before, now, objectives.get(decided), nowNanos));
    }
  }

  private int worst() {
    int worst = 0;
    for (int i = 1; i < each.length; i++) {
      if (each[i].compareTo(each[worst]) > 0) {
        worst = i;
      }
    }
    return worst;
  }

  private BudgetState state(Objective objective, BudgetState before, long nowNanos) {
    Counts counts = windows.within(window, objective, nowNanos);
    double enough = before == BudgetState.EXHAUSTED ? regained : spent;
    if (counts.bad() >= minimumBad && spent(objective, counts, nowNanos) >= enough) {
      return BudgetState.EXHAUSTED;
    }
    double part = before == BudgetState.NORMAL ? 1 : calm;
    return tiers.burning(objective, part, windows, nowNanos)
        ? BudgetState.ELEVATED
        : BudgetState.NORMAL;
  }

  private double spent(Objective objective, Counts counts, long nowNanos) {
    return counts.badRatio() / objective.allowedBad * windows.coverage(window, nowNanos);
  }

  private BudgetStateChange change(
      BudgetState from, BudgetState to, Objective objective, long nowNanos) {
    Counts hour = windows.within(BurnWindow.ONE_HOUR.length, objective, nowNanos);
    return new BudgetStateChange(
        from,
        to,
        objective.name,
        objective.routeClass,
        hour.badRatio() / objective.allowedBad,
        spent(objective, windows.within(window, objective, nowNanos), nowNanos));
  }
}
