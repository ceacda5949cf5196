package dev.nines.ops.verdict;

import java.util.List;

/**
 * What became of a deployment.
 *
 * @param status the verdict
 * @param reasons why, each a clause; empty for a success
 * @param rollbackFailed whether it should have been rolled back, and the command failed
 * @param report all that was seen
 */
public record Verdict(
    DeploymentStatus status,
    List<String> reasons,
    boolean rollbackFailed,
    DeploymentReport report) {

  /** Returns the exit code: 0 success, 1 failed, 2 inconclusive, 3 rolled back, 4 rollback failed. */
  public int exitCode() {
    return switch (status) {
      case SUCCESS -> 0;
      case FAILED -> rollbackFailed ? 4 : 1;
      case INCONCLUSIVE -> 2;
      case ROLLED_BACK -> 3;
    };
  }

  /** Returns the verdict and its reasons in one sentence. */
  public String summary() {
    String what = rollbackFailed ? status + ", and the rollback failed" : status.toString();
    return reasons.isEmpty() ? what : what + ": " + String.join("; ", reasons);
  }
}
