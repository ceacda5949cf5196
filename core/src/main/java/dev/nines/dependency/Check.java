package dev.nines.dependency;

import java.util.Optional;

/**
 * Asks once whether something works. Runs on a thread of the health scheduler, apart from all other checks.
 *
 * <p>A check that throws has failed; one that overstays its time is interrupted and what it registered with
 * {@link CheckRun#onAbort} is called. Implementations are thread-safe: after an overrun the next run may begin while the
 * old one has not returned.
 */
@FunctionalInterface
public interface Check {

  CheckResult run(CheckRun run) throws Exception;

  /** Returns what it asks, such as a data source, for whoever measures that too; empty if there is no such object. */
  default Optional<Object> subject() {
    return Optional.empty();
  }
}
