package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.LocalCheck;
import dev.nines.saturation.Saturation;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The catalogue of ready-made checks.
 *
 * <p>What is asked over the network is a {@link Check}; what looks at this machine alone is a {@link LocalCheck}. All are
 * thread-safe.
 */
public final class Checks {

  private Checks() {}

  /**
   * Asks a database whether it answers: borrows a connection, has the driver validate it, and gives it back.
   *
   * <p>It borrows from the service's own pool, so that an exhausted pool shows as what it is for the service: no database.
   * For a pool of HikariCP, {@link PoolChecks} tells it apart. At most two of the pool's connections are ever held by it. On
   * an overrun the connection is aborted, for a driver that reads from a socket does not hear an interrupt.
   *
   * <p>While a driver is still connecting there is nothing to abort. Give it a connect and a socket timeout (PostgreSQL:
   * {@code connectTimeout}, {@code socketTimeout}), as requests need them too: without them, a connection that hangs in
   * its handshake holds its thread, and two such threads end this check's attempts until one of them returns.
   */
  public static Check jdbc(DataSource dataSource) {
    return JdbcCheck.of(dataSource);
  }

  /**
   * Asks over HTTP with GET; 200 to 399 is healthy. Redirects count as an answer and are never followed, so that nobody
   * can send the check elsewhere. The whole body must come in time. {@link HttpCheck} takes another expectation of status
   * and body, headers, and an own context for TLS.
   *
   * @throws IllegalArgumentException if the URI is not an absolute one of {@code http} or {@code https}
   */
  public static HttpCheck http(URI uri) {
    return new HttpCheck(uri);
  }

  /**
   * Asks Redis with {@code PING}, on a connection of its own; {@link RedisCheck} takes credentials and TLS.
   *
   * @throws IllegalArgumentException if the port is not in 1 to 65535
   */
  public static RedisCheck redis(String host, int port) {
    return new RedisCheck(new Address(host, port));
  }

  /**
   * Opens a TCP connection and closes it. Says that somebody listens, not that they answer: prefer a check that speaks
   * the protocol.
   *
   * @throws IllegalArgumentException if the port is not in 1 to 65535
   */
  public static Check tcp(String host, int port) {
    return new TcpCheck(new Address(host, port));
  }

  /**
   * Compares the used share of the file store that holds {@code path} with a target. Over the target is degraded; when
   * three quarters of what the target leaves free are used too (95 % for a target of 80 %), it is unhealthy, for writes
   * are about to fail.
   *
   * @param target used share in (0, 1]; {@code SaturationTargets.disk()}
   */
  public static LocalCheck disk(Path path, BigDecimal target) {
    return new DiskCheck(path, new TargetShare("disk", target), system());
  }

  /**
   * Compares the used inodes of the file system that holds {@code path} with a target, by the rule of {@link #disk}: a disk
   * with room for bytes and none for names takes no new file. File systems that make inodes as needed (Btrfs, ZFS), and
   * systems other than Linux, have nothing to compare with and are healthy. The used share is published as
   * {@code nines_saturation_ratio{resource}}, where the resource is the name of the check.
   *
   * <p>JNA loads native code, which JDK 24 and later tell of with a warning unless {@code --enable-native-access} allows it.
   *
   * @param target used share in (0, 1]; {@code SaturationTargets.disk()}
   * @throws IllegalStateException if JNA ({@code net.java.dev.jna:jna-platform}) is not on the classpath
   */
  public static LocalCheck inodes(Path path, BigDecimal target) {
    return new InodeCheck(path, new TargetShare("inodes", target));
  }

  /**
   * Compares the used share of memory with a target; over it is degraded. The container's limit counts (cgroup v2 and v1,
   * page cache that can be reclaimed not counted as used), without one the machine's memory.
   *
   * @param target used share in (0, 1]; {@code SaturationTargets.memory()}
   */
  public static LocalCheck memory(BigDecimal target) {
    return new SaturationCheck(new TargetShare("memory", target), system()::memory);
  }

  /**
   * Compares the used share of processor time since the last run with a target; over it is degraded. The container's
   * quota counts (cgroup v2 and v1), without one the machine's processors.
   *
   * @param target used share in (0, 1]; {@code SaturationTargets.cpu()}
   */
  public static LocalCheck cpu(BigDecimal target) {
    return new SaturationCheck(new TargetShare("cpu", target), system()::cpu);
  }

  /**
   * Says what {@code check} says, but something other than healthy only once it has said so, run after run, for at least
   * that long: a processor that is busy for a moment is no trouble.
   */
  public static LocalCheck sustained(LocalCheck check, Duration least, TimeSource time) {
    return new SustainedCheck(check, least, time);
  }

  /** Looks for threads that wait for each other in a circle; they never go on, so it is unhealthy until a restart. */
  public static LocalCheck deadlock() {
    return new DeadlockCheck();
  }

  /** One for each check: the processor's share is counted from reading to reading, so readers must not share. */
  private static Saturation system() {
    return Saturation.system(TimeSource.system());
  }
}
