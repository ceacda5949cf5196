package dev.nines.health;

/**
 * Who is hit when something fails: this instance, or all of them. See the package's guide for what follows from it.
 */
public enum FailureDomain {
  /** This process or its machine. The other instances do not notice, so traffic should go to them. */
  INSTANCE,
  /** Something outside of this process. What one instance sees, the others see too, and traffic has nowhere to go. */
  SHARED;

  private final String label = name().toLowerCase(java.util.Locale.ROOT);

  /** Returns the name in events: {@code instance}. */
  public String label() {
    return label;
  }
}
