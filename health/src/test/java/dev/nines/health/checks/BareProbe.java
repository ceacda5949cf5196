package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.HealthEndpoints;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** Runs in a JVM without any of the optional libraries: proves that what needs none works, and that the rest says so. */
final class BareProbe {

  private BareProbe() {}

  public static void main(String[] args) throws Exception {
    for (String absent : List.of("com.zaxxer.hikari.HikariDataSource", "com.sun.jna.Native")) {
      requireAbsent(absent);
    }
    HealthEndpoints.standard();
    Checks.redis("localhost", 1);
    List<Check> working = List.of(
        Checks.disk(Path.of("."), BigDecimal.ONE),
        Checks.memory(BigDecimal.ONE),
        Checks.deadlock(),
        ProcessChecks.queue(new ArrayBlockingQueue<>(1), 1, BigDecimal.ONE),
        UpkeepChecks.secret(
            () -> TimeSource.system().now(), Duration.ofDays(1), TimeSource.system()));
    for (Check check : working) {
      if (check.run(new TestRun(Duration.ofSeconds(10))).status() == Status.UNHEALTHY) {
        throw new AssertionError(check + " is unhealthy");
      }
    }
    try {
      throw new AssertionError("made " + Checks.inodes(Path.of("."), BigDecimal.ONE));
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains("net.java.dev.jna:jna-platform on the classpath")) {
        throw e;
      }
    }
  }

  private static void requireAbsent(String name) {
    try {
      throw new AssertionError(Class.forName(name) + " is here");
    } catch (ClassNotFoundException e) {
      return; // as it must
    }
  }
}
