package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.saturation.Saturation;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalChecksTest {

  private static final BigDecimal TARGET = new BigDecimal("0.8");

  @TempDir
  Path machine;

  @ParameterizedTest(name = "{0} of memory used is {1}")
  @CsvSource({"800, HEALTHY", "801, DEGRADED", "1000, DEGRADED"})
  void memoryOverItsTargetOfTheContainersLimitDegrades(long used, CheckResult.Status expected)
      throws Exception {
    write("proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 999999 kB\n");
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    write("sys/fs/cgroup/memory.max", "1000\n");
    write("sys/fs/cgroup/memory.current", (used + 100) + "\n");
    write("sys/fs/cgroup/memory.stat", "anon 5\ninactive_file 100\n");

    CheckResult result = run(new SaturationCheck(
        new TargetShare("memory", TARGET), Saturation.under(machine, new ManualTime())::memory));

    assertThat(result.status()).isEqualTo(expected);
    assertThat(result.message())
        .startsWith("memory " + Math.round(used / 10.0) + "% used (target 80%)");
  }

  @Test
  void theLimitsOfControlGroupsOfVersion1CountToo() throws Exception {
    ManualTime time = new ManualTime();
    write("proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 999999 kB\n");
    write("proc/self/cgroup", "4:memory:/\n2:cpuacct:/\n1:cpu:/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "950\n");
    write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 100\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpuacct/cpuacct.usage", "0\n");
    Saturation saturation = Saturation.under(machine, time);
    Check memory = new SaturationCheck(new TargetShare("memory", TARGET), saturation::memory);
    Check cpu = new SaturationCheck(new TargetShare("cpu", TARGET), saturation::cpu);

    assertThat(run(memory)).isEqualTo(CheckResult.degraded("memory 85% used (target 80%)"));
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "600\n");
    assertThat(run(memory)).isEqualTo(CheckResult.healthy("memory 50% used (target 80%)"));

    time.advance(Duration.ofSeconds(10));
    write("sys/fs/cgroup/cpuacct/cpuacct.usage", "4500000000\n");
    assertThat(run(cpu)).isEqualTo(CheckResult.degraded("cpu 90% used (target 80%)"));
    time.advance(Duration.ofSeconds(10));
    write("sys/fs/cgroup/cpuacct/cpuacct.usage", "5000000000\n");
    assertThat(run(cpu)).isEqualTo(CheckResult.healthy("cpu 10% used (target 80%)"));
  }

  @Test
  void processorTimeOverItsTargetOfTheQuotaDegrades() throws Exception {
    ManualTime time = new ManualTime();
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    write("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
    Check cpu =
        new SaturationCheck(new TargetShare("cpu", TARGET), Saturation.under(machine, time)::cpu);

    time.advance(Duration.ofSeconds(10));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 2500000\n");
    assertThat(run(cpu)).isEqualTo(CheckResult.healthy("cpu 50% used (target 80%)"));

    time.advance(Duration.ofSeconds(10));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 7000000\n");
    assertThat(run(cpu)).isEqualTo(CheckResult.degraded("cpu 90% used (target 80%)"));
  }

  @Test
  void aSaturatedMomentIsNoTroubleButASaturatedWhileIs() throws Exception {
    ManualTime time = new ManualTime();
    AtomicReference<CheckResult> reading = new AtomicReference<>(CheckResult.degraded("90% used"));
    Check sustained = Checks.sustained(run -> reading.get(), Duration.ofMinutes(5), time);

    assertThat(run(sustained)).isEqualTo(CheckResult.healthy("90% used"));
    time.advance(Duration.ofSeconds(299));
    assertThat(run(sustained)).isEqualTo(CheckResult.healthy("90% used"));
    time.advance(Duration.ofSeconds(1));
    assertThat(run(sustained)).isEqualTo(CheckResult.degraded("90% used"));

    reading.set(CheckResult.healthy("10% used"));
    assertThat(run(sustained)).isEqualTo(CheckResult.healthy("10% used"));
    reading.set(CheckResult.degraded("90% used"));
    assertThat(run(sustained))
        .as("the time counts anew")
        .isEqualTo(CheckResult.healthy("90% used"));
  }

  @ParameterizedTest(name = "{0} used is {1}")
  @CsvSource({
    "0, HEALTHY",
    "0.8, HEALTHY",
    "0.81, DEGRADED",
    "0.949, DEGRADED",
    "0.951, UNHEALTHY",
    "1, UNHEALTHY"
  })
  void aDiskDegradesOverItsTargetAndFailsWhenItIsFull(double used, CheckResult.Status expected) {
    assertThat(new TargetShare("disk", TARGET).judgeFilling(used).status()).isEqualTo(expected);
  }

  @Test
  void aTargetOfEverythingStillTellsAFullDisk() {
    assertThat(new TargetShare("disk", BigDecimal.ONE).judgeFilling(1).status())
        .isEqualTo(CheckResult.Status.UNHEALTHY);
  }

  @Test
  void theRealDiskIsReadAndAPathThatIsGoneIsUnhealthy() throws Exception {
    assertThat(run(Checks.disk(machine, BigDecimal.ONE)).status())
        .isEqualTo(CheckResult.Status.HEALTHY);
    assertThat(run(Checks.disk(machine.resolve("gone"), TARGET)).status())
        .isEqualTo(CheckResult.Status.UNHEALTHY);
  }

  @Test
  void theRealMachineIsRead() throws Exception {
    assertThat(run(Checks.memory(BigDecimal.ONE)).message()).matches("memory \\d+% used .*");
    assertThat(run(Checks.cpu(BigDecimal.ONE)).status()).isNotEqualTo(CheckResult.Status.UNHEALTHY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "1.01"})
  void aTargetThatIsNoShareIsRefused(String target) {
    assertThatThrownBy(() -> Checks.memory(new BigDecimal(target)))
        .hasMessage(
            "memory.target: " + target + " (expected: a share of more than 0 and at most 1)");
  }

  @Test
  void threadsThatWaitForEachOtherAreFoundAndNamed() throws Exception {
    assertThat(run(Checks.deadlock()).status()).isEqualTo(CheckResult.Status.HEALTHY);
    Lock one = new ReentrantLock();
    Lock two = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    Thread first = crossing("first-to-wait", one, two, both);
    Thread second = crossing("second-to-wait", two, one, both);
    try {
      await().until(() -> run(Checks.deadlock()).status() == CheckResult.Status.UNHEALTHY);
      assertThat(run(Checks.deadlock()).message()).contains("2 threads", "first-to-wait");
    } finally {
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
    assertThat(run(Checks.deadlock()).status()).isEqualTo(CheckResult.Status.HEALTHY);
  }

  private static Thread crossing(String name, Lock mine, Lock theirs, CountDownLatch both) {
    Thread thread = new Thread(
        () -> {
          mine.lock();
          try {
            both.countDown();
            both.await();
            theirs.lockInterruptibly();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the way out of the deadlock
          } finally {
            mine.unlock();
          }
        },
        name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(1)));
  }

  private void write(String file, String text) throws IOException {
    Path path = machine.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
