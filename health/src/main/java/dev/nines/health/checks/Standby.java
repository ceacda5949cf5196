package dev.nines.health.checks;

import java.time.Duration;

/**
 * A standby as its primary sees it.
 *
 * @param process of the primary, that serves it
 * @param state {@code streaming} in good times; empty where the role may not see it
 * @param reported the lag that it last reported; zero where it reports none
 * @param written place up to which the primary has written its log
 * @param replayed place up to which the standby has replayed it
 */
record Standby(long process, String state, Duration reported, long written, long replayed) {

  boolean streams() {
    return state.equals("streaming");
  }

  boolean hidden() {
    return state.isEmpty();
  }

  /** Returns how far it lies behind. What was reported says something only while anything is missing. */
  Duration lag(ReplayMarks marks) {
    Duration missing = marks.missing(process, written, replayed);
    return replayed < written && reported.compareTo(missing) > 0 ? reported : missing;
  }
}
