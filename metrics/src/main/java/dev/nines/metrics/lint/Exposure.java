package dev.nines.metrics.lint;

import java.util.List;

/**
 * All that is looked at.
 *
 * @param families what a scraper would see now
 * @param failures meters that the registry did not take, each as its name and the reason
 * @param series how many series there are
 * @param maxSeries how many there may be
 * @param refused how many were folded or refused because there was no room
 * @param agents the names of the JVM's agents
 */
public record Exposure(
    List<ExposedFamily> families,
    List<Failure> failures,
    int series,
    int maxSeries,
    long refused,
    List<String> agents) {

  /** A meter that the registry did not take. */
  public record Failure(String meter, String reason) {}
}
