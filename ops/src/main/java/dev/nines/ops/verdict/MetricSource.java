package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a watch reads what it judges by. */
interface MetricSource {

  /**
   * Looks at all instances.
   *
   * @throws IOException if nothing can be read at all; the message says why
   */
  Look look(Instant now) throws IOException, InterruptedException;

  /** Returns when a version was first seen within the time before {@code now}, if it wasn't there at its beginning. */
  Optional<Instant> firstSeen(String version, Instant now, Duration within)
      throws IOException, InterruptedException;

  /**
   * Returns what all instances did in the time before {@code until}; nothing where only looks tell.
   *
   * @param stretch length of the stretches whose throughputs are told
   */
  Measured before(Instant until, Duration length, Duration stretch)
      throws IOException, InterruptedException;

  /** Returns what is left of each error budget. */
  List<BudgetLeft> budgets(Instant now) throws IOException, InterruptedException;
}
