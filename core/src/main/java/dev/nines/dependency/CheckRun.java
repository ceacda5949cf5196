package dev.nines.dependency;

import java.time.Duration;

/** What one run of a check may know of itself. */
public interface CheckRun {

  /** Returns the time that this run may take; a check should set its own timeouts from it. */
  Duration timeout();

  /**
   * Registers what cuts the run short, such as closing its socket; called from another thread when time is up, at most
   * once, and at once if time is up already. A later registration replaces an earlier one.
   */
  void onAbort(Runnable abort);
}
