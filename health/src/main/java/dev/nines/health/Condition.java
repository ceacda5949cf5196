package dev.nines.health;

import dev.nines.dependency.CheckResult;

/** How a part, or the whole, is known to be. */
public enum Condition {
  /** It works. */
  HEALTHY("healthy", "pass"),
  /** It works, with a caveat. */
  DEGRADED("degraded", "warn"),
  /** It fails, does not answer in time, or the last result is too old. */
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

  /** Returns the name in bodies and labels: {@code healthy}. */
  public String label() {
    return label;
  }

  /** Returns whether it works, be it with a caveat: healthy or degraded. */
  public boolean serves() {
    return this == HEALTHY || this == DEGRADED;
  }

  /**
   * Returns the name in {@code application/health+json}.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06">the draft, section 3.1</a>
   */
  String draft() {
    return draft;
  }

  Condition worse(Condition other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
