package dev.nines.health;

import dev.nines.dependency.CheckResult;

/** How a part, or the whole, is known to be. */
enum Condition {
  HEALTHY("healthy", "pass"),
  DEGRADED("degraded", "warn"),
  UNHEALTHY("unhealthy", "fail"),
  /** Nothing is proven yet. Where it matters, it counts as unhealthy. */
  UNKNOWN("unknown", "fail");

  private final String label;
  private final String draft;

  Condition(String label, String draft) {
    this.label = label;
    this.draft = draft;
  }

  static Condition of(CheckResult.Status status) {
    return switch (status) {
      case HEALTHY -> HEALTHY;
      case DEGRADED -> DEGRADED;
      case UNHEALTHY -> UNHEALTHY;
    };
  }

  /** Returns the name in bodies and labels. */
  String label() {
    return label;
  }

  /**
   * Returns the name in {@code application/health+json}.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06">the draft, section 3.1</a>
   */
  String draft() {
    return draft;
  }

  /** Returns whether traffic may come. */
  boolean serves() {
    return this == HEALTHY || this == DEGRADED;
  }

  Condition worse(Condition other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
