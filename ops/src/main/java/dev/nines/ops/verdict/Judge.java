package dev.nines.ops.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks again and again whether a promise is shown to be kept less well. A look that says so needs another in which
 * further bad requests came, for one burst between two looks is no trend. Not thread-safe.
 */
final class Judge {

  private final Promises promises;
  private final Map<String, Double> suspected = new HashMap<>();
  private List<Comparison> latest = List.of();

  Judge(Promises promises) {
    this.promises = promises;
  }

  /** Returns the first promise of which it is shown now. */
  Optional<Comparison> look(Counters before, Counters after) {
    latest = promises.compare(before, after);
    return latest.stream()
        .filter(Comparison::isWorse)
        .filter(this::isShownAgain)
        .findFirst();
  }

  List<Comparison> latest() {
    return latest;
  }

  private boolean isShownAgain(Comparison worse) {
    Double bad = suspected.putIfAbsent(
        worse.objective() + (worse.whole() ? " as a whole" : ""), worse.after().bad());
    return bad != null && worse.after().bad() > bad;
  }
}
