package dev.nines.health.checks;

import dev.nines.dependency.Check;
import java.util.Map;

/**
 * Checks made of checks, such as the replicas of one dependency.
 *
 * <p>The parts are asked side by side, each on a thread of its own and with four fifths of the time, so that a part that
 * hangs takes nothing from the others and is told by its name before the whole runs out of time. It is then interrupted and
 * aborted; at most two threads of a part may be stuck at a time. While what is needed is there and a part is not healthy, the
 * whole is degraded: the service can go on, with less to lose.
 *
 * <p>What a part measures is published under the name of the whole and its own: {@code backups.nightly}.
 *
 * <p>All are thread-safe. The parts are named for messages.
 */
public final class CompositeChecks {

  private CompositeChecks() {}

  /**
   * Is as the worst of its parts.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public static Check all(Map<String, ? extends Check> parts) {
    return new QuorumCheck(Math.max(1, parts.size()), parts);
  }

  /**
   * Is unhealthy only when all of its parts are.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public static Check any(Map<String, ? extends Check> parts) {
    return new QuorumCheck(1, parts);
  }

  /**
   * Is unhealthy when fewer than {@code least} parts are better than that.
   *
   * @param least how many parts are needed, 1 to their number
   * @throws IllegalArgumentException if there is no part, or not so many
   */
  public static Check quorum(int least, Map<String, ? extends Check> parts) {
    return new QuorumCheck(least, parts);
  }
}
