package dev.nines.metrics.lint;

import java.util.Comparator;

/**
 * Something that is wrong with a metric.
 *
 * @param rule stable name in kebab case, such as {@code unbounded-label}
 * @param metric whose it is, by the name that a scraper sees
 * @param message what is wrong, in one sentence
 * @param fix what to do about it, in one sentence
 */
public record Finding(String rule, String metric, Severity severity, String message, String fix) {

  /** The worst first, then by metric. */
  static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
      .thenComparing(Finding::metric)
      .thenComparing(Finding::rule)
      .thenComparing(Finding::message);
}
