package dev.nines.health.checks;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.nines.dependency.CheckResult;

/**
 * What a pool does at one moment.
 *
 * @param active connections that are lent
 * @param idle connections that wait to be lent
 * @param waiting threads that wait for one
 * @param most connections that it may have; positive
 */
record PoolUse(int active, int idle, int waiting, int most) {

  static PoolUse of(HikariDataSource pool) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    int most = pool.getHikariConfigMXBean().getMaximumPoolSize();
    return bean == null // not before the first connection is asked for
        ? new PoolUse(0, 0, 0, most)
        : new PoolUse(
            bean.getActiveConnections(),
            bean.getIdleConnections(),
            bean.getThreadsAwaitingConnection(),
            most);
  }

  double share() {
    return (double) active / most;
  }

  /** Judges a pool that still lends: over the target it degrades, and when threads have to wait. */
  CheckResult judge(TargetShare target) {
    CheckResult used = target.judge(share());
    return waiting == 0 ? used : CheckResult.degraded(used.message() + ": " + this);
  }

  @Override
  public String toString() {
    return active + " of " + most + " connections active, " + idle + " idle, " + waiting
        + " threads waiting";
  }
}
