package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.telemetry.Instruments;

/**
 * A check that also publishes what it measures, for alert rules that look further ahead than a status does: a certificate's
 * end, a backup's age, how full a queue is.
 *
 * <p>Any check may be one, those of users too. What stands around a check ({@link Checks#sustained},
 * {@link CompositeChecks}) hands this on; a lambda around it hides it.
 */
public interface MeasuredCheck extends Check {

  /**
   * Publishes the series of this check. Called once for each name under which the check was added, before its first run.
   * Until something is measured a gauge is not a number. What is published must neither block nor throw when it is read.
   *
   * @param name the check's name, for the label that tells one series from another
   */
  void publish(String name, Instruments instruments);

  /** Publishes the series of {@code check} if it measures anything. */
  static void publishIfMeasured(String name, Check check, Instruments instruments) {
    if (check instanceof MeasuredCheck measured) {
      measured.publish(name, instruments);
    }
  }
}
