package dev.nines.ops.verdict;

import java.time.Duration;

/** Waits between looks, so that a clock in a test can be turned instead. */
interface Pause {

  void wait(Duration length) throws InterruptedException;
}
