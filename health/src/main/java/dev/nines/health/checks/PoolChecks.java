package dev.nines.health.checks;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.Check;
import java.math.BigDecimal;

/**
 * Checks of a database behind a pool of HikariCP, which tell a pool that is exhausted from a database that is dead. To a
 * request both look alike; to whoever is paged they are different faults, in different places.
 *
 * <table>
 * <caption>What the two checks say</caption>
 * <tr><th></th><th>{@link #database}</th><th>{@link #pool}</th></tr>
 * <tr><td>the pool lends a connection, and it works</td><td>healthy</td>
 *     <td>healthy; over the target, or while threads wait, degraded</td></tr>
 * <tr><td>the pool lends none in time, the database answers</td><td>degraded</td><td>unhealthy</td></tr>
 * <tr><td>the database does not answer</td><td>unhealthy</td><td>degraded</td></tr>
 * </table>
 *
 * <p>The database is shared: its check belongs to a {@link dev.nines.dependency.Dependency}, whose declaration says what its
 * failure means. The pool is this instance's own, and its leak another's gain when this one gets no traffic: add its check
 * with {@code HealthEndpoints.instance(name, check)}.
 *
 * <p>Both borrow a connection and have the driver validate it, within four fifths of their time. If the pool has lent none
 * in half of that, they also open one past the pool, with its driver, address and credentials, and close it again. Each holds
 * at most two connections of either kind at a time.
 *
 * <p>They need HikariCP on the classpath, which whoever has such a pool has. All are thread-safe.
 */
public final class PoolChecks {

  private PoolChecks() {}

  /** Asks the database. A pool that is exhausted degrades it, and no more. */
  public static Check database(HikariDataSource pool) {
    return new PooledDatabaseCheck(new PoolProbe(pool));
  }

  /**
   * Asks whether the pool lends connections. The used share is published as {@code nines_saturation_ratio{resource}}, where
   * the resource is the name of the check.
   *
   * @param target share of the pool's connections that may be in use, in (0, 1]
   */
  public static Check pool(HikariDataSource pool, BigDecimal target) {
    return new PoolCheck(new PoolProbe(pool), new TargetShare("pool", target));
  }
}
