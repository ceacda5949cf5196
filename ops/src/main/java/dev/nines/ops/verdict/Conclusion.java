package dev.nines.ops.verdict;

import java.util.List;

/**
 * What a watch came to, before anything is rolled back.
 *
 * @param status never {@code ROLLED_BACK}
 * @param reasons why, each a clause; empty for a success
 */
record Conclusion(DeploymentStatus status, List<String> reasons) {

  static Conclusion success() {
    return new Conclusion(DeploymentStatus.SUCCESS, List.of());
  }

  static Conclusion failed(String reason) {
    return new Conclusion(DeploymentStatus.FAILED, List.of(reason));
  }

  static Conclusion inconclusive(List<String> doubts) {
    return new Conclusion(DeploymentStatus.INCONCLUSIVE, List.copyOf(doubts));
  }
}
