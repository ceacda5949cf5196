package dev.nines.ops.verdict;

/** What a deployment turned out to be. */
public enum DeploymentStatus {
  /** Shown to keep what was promised, or to be at most twice as bad as before where that was not kept. */
  SUCCESS,
  /** Shown to be worse than before, and not rolled back. */
  FAILED,
  /** Neither could be shown: too little traffic, missing data, a missing instance. */
  INCONCLUSIVE,
  /** Shown to be worse than before, and rolled back. */
  ROLLED_BACK
}
