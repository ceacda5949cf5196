package dev.nines.metrics.lint;

import java.util.function.Consumer;

/** Looks for one kind of mistake. */
@FunctionalInterface
interface Rule {

  void check(Exposure exposure, Consumer<Finding> found);
}
