package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** See {@link Checks#deadlock}. */
final class DeadlockCheck implements LocalCheck {

  /** A deadlock of hundreds needs no list of all. */
  private static final int NAMED = 5;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public CheckResult run(CheckRun run) {
    long[] stuck = threads.findDeadlockedThreads();
    return stuck == null
        ? CheckResult.healthy()
        : CheckResult.unhealthy(stuck.length + " threads wait for each other: " + names(stuck));
  }

  private String names(long[] ids) {
    return Arrays.stream(threads.getThreadInfo(Arrays.copyOf(ids, Math.min(NAMED, ids.length))))
        .filter(Objects::nonNull)
        .map(ThreadInfo::getThreadName)
        .collect(Collectors.joining(", "));
  }
}
