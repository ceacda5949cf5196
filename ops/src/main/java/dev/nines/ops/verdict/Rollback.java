package dev.nines.ops.verdict;

import java.time.Duration;
import java.util.Optional;

/**
 * The way back.
 *
 * @param given whether there was a command
 * @param outcome {@code not needed}, {@code no command}, {@code done} or {@code failed: …}
 * @param took how long the command ran
 * @param target how long it may take, {@code recovery.rollback}
 * @param gone whether the version was seen to be gone, and the instances ready, within the target
 */
record Rollback(
    boolean given,
    String outcome,
    Optional<Duration> took,
    Duration target,
    Optional<Boolean> gone) {

  static final String DONE = "done";

  boolean done() {
    return outcome.equals(DONE);
  }

  boolean ran() {
    return took.isPresent();
  }

  boolean withinTarget() {
    return took.isPresent() && took.get().compareTo(target) <= 0;
  }

  Rollback seen(boolean versionGone) {
    return new Rollback(given, outcome, took, target, Optional.of(versionGone));
  }
}
