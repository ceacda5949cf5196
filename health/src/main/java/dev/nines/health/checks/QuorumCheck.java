package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.dependency.CheckRun;
import dev.nines.telemetry.Instruments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** See {@link CompositeChecks}. */
final class QuorumCheck implements MeasuredCheck {

  private final int least;
  private final List<CompositePart> parts;

  QuorumCheck(int least, Map<String, ? extends Check> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts: none (expected: at least one check)");
    }
    this.least = Require.between("quorum.least", least, 1, parts.size());
    this.parts = parts.entrySet().stream()
        .map(part -> new CompositePart(part.getKey(), part.getValue()))
        .toList();
  }

  @Override
  public CheckResult run(CheckRun run) throws InterruptedException {
    // The last fifth is kept, so that one part that hangs is told before the whole is cut short.
    Duration share = run.timeout().multipliedBy(4).dividedBy(5);
    long deadline = System.nanoTime() + share.toNanos();
    List<PartRun> runs = new ArrayList<>();
    try {
      for (CompositePart part : parts) {
        runs.add(part.start(share));
      }
      return judge(await(runs, deadline));
    } finally {
      runs.forEach(PartRun::cut);
    }
  }

  @Override
  public void publish(String name, Instruments instruments) {
    parts.forEach(part -> part.publish(name + '.' + part.name(), instruments));
  }

  private static List<CheckResult> await(List<PartRun> runs, long deadline)
      throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    for (PartRun run : runs) {
      results.add(run.await(deadline - System.nanoTime()));
    }
    return results;
  }

  private CheckResult judge(List<CheckResult> results) {
    List<Status> sorted = results.stream().map(CheckResult::status).sorted().toList();
    Status kept = sorted.get(least - 1);
    boolean allHealthy = sorted.get(sorted.size() - 1) == Status.HEALTHY;
    if (allHealthy) {
      return CheckResult.healthy();
    }
    // What is needed is there, but there is less to lose than there should be.
    return new CheckResult(kept.worse(Status.DEGRADED), message(results));
  }

  private String message(List<CheckResult> results) {
    long healthy = results.stream().filter(r -> r.status() == Status.HEALTHY).count();
    StringBuilder text = new StringBuilder()
        .append(healthy)
        .append(" of ")
        .append(parts.size())
        .append(" healthy (needed: ")
        .append(least)
        .append(')');
    for (int i = 0; i < results.size(); i++) {
      CheckResult result = results.get(i);
      if (result.status() != Status.HEALTHY) {
        text.append("; ").append(parts.get(i).name()).append(": ").append(result.message());
      }
    }
    return text.toString();
  }
}
