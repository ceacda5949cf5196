package dev.nines.metrics.lint;

import java.util.Locale;

/** How much a finding matters, the worst first. */
public enum Severity {
  /** Numbers are missing or wrong. */
  ERROR,
  /** Numbers are right and will mislead, or cost too much. */
  WARNING;

  /** Returns the name in JSON and text: {@code error}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
