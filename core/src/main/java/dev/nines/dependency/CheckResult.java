package dev.nines.dependency;

/**
 * What a check found.
 *
 * @param status how it is
 * @param message for the authorized and for logs; never shown to strangers; without secrets
 */
public record CheckResult(Status status, String message) {

  private static final CheckResult HEALTHY = new CheckResult(Status.HEALTHY, "");

  /** How a part, or the whole, is. */
  public enum Status {
    HEALTHY,
    DEGRADED,
    UNHEALTHY;

    /** Returns the name in bodies and labels: {@code healthy}. */
    public String label() {
      return LABELS[ordinal()];
    }

    /** Returns the worse of the two. */
    public Status worse(Status other) {
      return compareTo(other) >= 0 ? this : other;
    }

    private static final String[] LABELS = {"healthy", "degraded", "unhealthy"};
  }

  public static CheckResult healthy() {
    return HEALTHY;
  }

  public static CheckResult healthy(String message) {
    return new CheckResult(Status.HEALTHY, message);
  }

  public static CheckResult degraded(String message) {
    return new CheckResult(Status.DEGRADED, message);
  }

  public static CheckResult unhealthy(String message) {
    return new CheckResult(Status.UNHEALTHY, message);
  }
}
