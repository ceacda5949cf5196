package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** See {@link Checks#cpu}. */
final class CpuCheck implements LocalCheck {

  private final Path machine;
  private final Saturation saturation;
  private final TimeSource time;
  private final AtomicReference<@Nullable Sample> last = new AtomicReference<>();

  CpuCheck(Path machine, BigDecimal target, TimeSource time) {
    this.machine = machine;
    this.saturation = new Saturation("cpu", target);
    this.time = time;
  }

  private record Sample(Cgroup.Cpu cpu, long atNanos) {}

  @Override
  public CheckResult run(CheckRun run) {
    Optional<Cgroup.Cpu> quota = Cgroup.of(machine).cpu();
    double used = quota.isPresent() ? ofQuota(quota.get()) : Host.cpuUsed();
    return used < 0 ? CheckResult.healthy("cpu not measured yet") : saturation.judge(used);
  }

  /** Returns the used share of the quota since the last run, or less than 0 at the first. */
  private double ofQuota(Cgroup.Cpu cpu) {
    Sample now = new Sample(cpu, time.nanos());
    Sample before = last.getAndSet(now);
    if (before == null || now.atNanos <= before.atNanos) {
      return -1;
    }
    double elapsed = now.atNanos - before.atNanos;
    return (cpu.usedNanos() - before.cpu.usedNanos()) / (elapsed * cpu.processors());
  }
}
