package dev.nines.health.checks;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.dependency.CheckRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Asks a database through the service's own pool, and where that lends nothing, past it.
 *
 * <p>Numbers alone would not tell: when a database freezes, every connection is lent to a thread that waits for it, and the
 * pool looks as exhausted as one that leaks. Both questions are asked on threads of their own, because a driver that reads
 * from a frozen database hears no interrupt, and the answer must be "it is the database" and not "no answer".
 */
final class PoolProbe {

  /** What came out. */
  enum Finding {
    /** The pool lent a connection that works. */
    LENT,
    /** It lent none, or none that works, in time; the database answers past it. */
    EXHAUSTED,
    /** The database does not answer. */
    DEAD
  }

  /**
   * What came out, and the numbers.
   *
   * @param use of the pool, before it was asked
   * @param waited how long the pool had to lend a connection
   * @param reason why the database is thought dead; empty otherwise
   */
  record Answer(Finding finding, PoolUse use, Duration waited, String reason) {}

  private final HikariDataSource pool;
  private final CompositePart through;
  private final CompositePart past;

  /** Whether the database answered past the pool the last time that the pool lent nothing, with no loan since. */
  private volatile boolean answered;

  PoolProbe(HikariDataSource pool) {
    this.pool = pool;
    this.through = new CompositePart("pool", new JdbcCheck(pool::getConnection));
    this.past = new CompositePart("database", new JdbcCheck(this::connect));
  }

  HikariDataSource pool() {
    return pool;
  }

  PoolUse use() {
    return PoolUse.of(pool);
  }

  /**
   * Waits for the pool first; from half of the time on for the database too, and for the pool until the end, so that one
   * that is merely slow is not taken for exhausted. The last fifth is kept to tell of it before the run is cut short.
   */
  Answer ask(CheckRun run) throws InterruptedException {
    PoolUse use = use();
    Duration time = run.timeout().multipliedBy(4).dividedBy(5);
    long deadline = System.nanoTime() + time.toNanos();
    PartRun lent = through.start(time);
    try {
      if (works(lent.await(time.toNanos() / 2))) {
        return lent(use, time);
      }
      CheckResult direct = askDirectly(deadline);
      return works(lent.await(deadline - System.nanoTime()))
          ? lent(use, time)
          : notLent(use, time, direct);
    } finally {
      lent.cut();
    }
  }

  private Answer lent(PoolUse use, Duration time) {
    answered = false;
    return new Answer(Finding.LENT, use, time, "");
  }

  /**
   * Tells whose fault it is. A database that answered the last time is not dead for one answer that is late: one at the edge
   * would else be thought dead and alive in turns, and neither check would fail twice in a row, as it takes to be believed.
   */
  private Answer notLent(PoolUse use, Duration time, CheckResult direct) {
    boolean answers = works(direct);
    boolean alive = answers || answered;
    answered = answers;
    return alive
        ? new Answer(Finding.EXHAUSTED, use, time, "")
        : new Answer(Finding.DEAD, use, time, direct.message());
  }

  private CheckResult askDirectly(long deadline) throws InterruptedException {
    long left = Math.max(1, deadline - System.nanoTime());
    PartRun asked = past.start(Duration.ofNanos(left));
    try {
      return asked.await(left);
    } finally {
      asked.cut();
    }
  }

  private static boolean works(CheckResult result) {
    return result.status() == Status.HEALTHY;
  }

  /** Connects as the pool itself does. */
  private Connection connect() throws SQLException {
    if (!(pool.getHikariPoolMXBean() instanceof HikariPool own)) {
      throw new SQLException("the pool has not started");
    }
    DataSource source = own.getUnwrappedDataSource();
    return pool.getUsername() == null
        ? source.getConnection()
        : source.getConnection(pool.getUsername(), pool.getPassword());
  }
}
