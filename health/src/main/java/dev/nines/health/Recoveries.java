package dev.nines.health;

import dev.nines.targets.RecoveryTargets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How long the instance was unready each time, against what is promised. Thread-safe; one writer at a time. */
final class Recoveries {

  /** What became of an incident, the worse the later. */
  enum Verdict {
    WITHIN_RESTORE,
    WITHIN_RTO,
    OVER_RTO;

    private final String label = name().toLowerCase(java.util.Locale.ROOT);

    String label() {
      return label;
    }
  }

  private final RecoveryTargets targets;
  private final Longest times = new Longest();
  private final LongAdder[] verdicts = new LongAdder[Verdict.values().length];

  Recoveries(RecoveryTargets targets) {
    this.targets = targets;
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = new LongAdder();
    }
  }

  void add(Duration unready) {
    times.add(unready);
    verdicts[verdict(unready).ordinal()].increment();
  }

  /** Returns what an incident of this length is, over or not. */
  Verdict verdict(Duration unready) {
    if (unready.compareTo(targets.restore()) <= 0) {
      return Verdict.WITHIN_RESTORE;
    }
    return unready.compareTo(targets.rto()) <= 0 ? Verdict.WITHIN_RTO : Verdict.OVER_RTO;
  }

  RecoveryTargets targets() {
    return targets;
  }

  Longest times() {
    return times;
  }

  long count(Verdict verdict) {
    return verdicts[verdict.ordinal()].sum();
  }
}
