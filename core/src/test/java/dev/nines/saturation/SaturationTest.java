package dev.nines.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.testing.ManualTime;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaturationTest {

  private static final Offset<Double> CLOSE = within(1e-9);

  @TempDir
  Path root;

  private final ManualTime time = new ManualTime();

  @BeforeEach
  void machineOf1000KilobytesOfWhich400AreAvailable() throws IOException {
    write("proc/meminfo", "MemTotal:    1000 kB\nMemFree: 1 kB\nMemAvailable:   400 kB\n");
    write("proc/stat", "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1 1 1\n");
  }

  @Test
  void withoutAContainerTheMachineCounts() {
    assertThat(memory()).isEqualTo(new Usage(600 * 1024, 1000 * 1024));
  }

  @Test
  void memoryOfVersion2IsTheWorkingSetOfTheLimit() throws IOException {
    version2("/");
    write("sys/fs/cgroup/memory.max", "100000\n");
    write("sys/fs/cgroup/memory.current", "90000\n");
    write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file_x 7\ninactive_file 40000\n");

    assertThat(memory()).isEqualTo(new Usage(50_000, 100_000));
  }

  @Test
  void aGroupWithoutLimitLeavesTheMachine() throws IOException {
    version2("/");
    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/memory.current", "90000\n");

    assertThat(memory().limit()).isEqualTo(1000 * 1024);
  }

  @Test
  void theLimitOfAnEnclosingGroupCountsToo() throws IOException {
    version2("/pod/app");
    write("sys/fs/cgroup/pod/memory.max", "100000\n");
    write("sys/fs/cgroup/pod/memory.current", "80000\n");
    write("sys/fs/cgroup/pod/app/memory.max", "90000\n");
    write("sys/fs/cgroup/pod/app/memory.current", "10000\n");

    assertThat(memory().share()).isEqualTo(0.8);
  }

  @Test
  void memoryOfVersion1TakesItsHugeNumberForNoLimit() throws IOException {
    write("proc/self/cgroup", "4:memory:/docker/abc\n1:cpu,cpuacct:/docker/abc\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "90000\n");
    write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 40000\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(memory().limit()).isEqualTo(1000 * 1024);

    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "200000\n");
    assertThat(memory()).isEqualTo(new Usage(50_000, 200_000));
  }

  @Test
  void processorTimeOfVersion2IsMeasuredAgainstTheQuota() throws IOException {
    version2("/");
    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    write("sys/fs/cgroup/cpu.stat", "usage_usec 1000000\nuser_usec 1\n");
    Saturation saturation = Saturation.under(root, time);

    time.advance(Duration.ofSeconds(10));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 5000000\nuser_usec 1\n");

    Usage usage = saturation.cpu().orElseThrow();
    assertThat(usage.share()).isCloseTo(0.8, CLOSE);
    assertThat(usage.limit()).isCloseTo(0.5, CLOSE);
  }

  @Test
  void processorTimeOfVersion1IsMeasuredAgainstTheQuota() throws IOException {
    write("proc/self/cgroup", "4:cpu,cpuacct:/app\n");
    write("sys/fs/cgroup/cpu/app/cpu.cfs_quota_us", "100000\n");
    write("sys/fs/cgroup/cpu/app/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpuacct/app/cpuacct.usage", "0\n");
    Saturation saturation = Saturation.under(root, time);

    time.advance(Duration.ofSeconds(4));
    write("sys/fs/cgroup/cpuacct/app/cpuacct.usage", "1000000000\n");

    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(0.25, CLOSE);
  }

  @Test
  void withoutQuotaTheMachinesProcessorsCount() throws IOException {
    write("proc/self/cgroup", "4:cpu:/app\n");
    write("sys/fs/cgroup/cpu/app/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu/app/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpuacct/app/cpuacct.usage", "0\n");
    Saturation saturation = Saturation.under(root, time);

    time.advance(Duration.ofSeconds(1));
    write("proc/stat", "cpu  130 0 130 740 100 0 0 0 0 0\n");

    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(0.6, CLOSE);
  }

  @Test
  void readingsCloseTogetherGetTheSameAnswer() throws IOException {
    Saturation saturation = Saturation.under(root, time);
    time.advance(Duration.ofSeconds(1));
    write("proc/stat", "cpu  150 0 100 750 100 0 0 0 0 0\n");
    Usage first = saturation.cpu().orElseThrow();

    time.advance(Duration.ofMillis(999));
    write("proc/stat", "cpu  950 0 100 750 100 0 0 0 0 0\n");
    assertThat(saturation.cpu()).hasValue(first);

    time.advance(Duration.ofMillis(1));
    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(1, CLOSE);
  }

  @Test
  void aChangedQuotaIsNotComparedWithTheOldOne() throws IOException {
    version2("/");
    write("sys/fs/cgroup/cpu.max", "100000 100000\n");
    write("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
    Saturation saturation = Saturation.under(root, time);
    time.advance(Duration.ofSeconds(2));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 1000000\n");
    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(0.5, CLOSE);

    write("sys/fs/cgroup/cpu.max", "50000 100000\n");
    time.advance(Duration.ofSeconds(2));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 1500000\n");
    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(0.5, CLOSE);
    time.advance(Duration.ofSeconds(2));
    write("sys/fs/cgroup/cpu.stat", "usage_usec 2500000\n");

    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(1, CLOSE);
  }

  @Test
  void garbledFilesAreAsGoodAsNone() throws IOException {
    version2("/");
    write("sys/fs/cgroup/memory.max", "\n");
    write("sys/fs/cgroup/cpu.max", "lots of\n");
    write("proc/meminfo", "MemTotal\n");
    write("proc/stat", "");

    Saturation saturation = Saturation.under(root, time);

    assertThat(saturation.memory().map(Usage::share)).hasValueSatisfying(this::isAShare);
    time.advance(Duration.ofSeconds(1));
    saturation.cpu().map(Usage::share).ifPresent(this::isAShare);
  }

  @Test
  void theSystemOfThisTestIsNeitherEmptyNorOverfull() {
    Saturation saturation = Saturation.system(TimeSource.system());

    assertThat(saturation.memory().map(Usage::share)).hasValueSatisfying(this::isAShare);
    assertThat(saturation.disk(Path.of("")).map(Usage::share)).hasValueSatisfying(this::isAShare);
    assertThat(saturation.disk(root.resolve("gone"))).isEmpty();
  }

  private void isAShare(double share) {
    assertThat(share).isBetween(0.0, 1.0);
  }

  private Usage memory() {
    return Saturation.under(root, time).memory().orElseThrow();
  }

  private void version2(String path) throws IOException {
    write("proc/self/cgroup", "0::" + path + "\n");
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
