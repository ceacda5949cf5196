package dev.nines.budget;

/** How the error budget of this instance stands, the calmest first. */
public enum BudgetState {
  /** Requests break the targets no faster than is allowed, or too few do to tell. */
  NORMAL,
  /** An objective burns so fast that somebody would be paged; it ends when the rate is under half of that. */
  ELEVATED,
  /** The budget of a whole window is spent; it ends when a tenth is regained. */
  EXHAUSTED;

  private static final String[] LABELS = {"normal", "elevated", "exhausted"};

  /** Returns the name in labels and events: {@code elevated}. */
  public String label() {
    return LABELS[ordinal()];
  }
}
