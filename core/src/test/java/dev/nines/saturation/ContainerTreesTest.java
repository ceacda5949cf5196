package dev.nines.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of control groups as container runtimes really leave them. */
class ContainerTreesTest {

  @TempDir
  Path root;

  private final ManualTime time = new ManualTime();

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 400 kB\n");
    write("proc/stat", "cpu  100 0 100 700 100 0 0 0 0 0\n");
    write("proc/loadavg", "0.10 0.20 0.30 2/300 4711\n");
    write("proc/sys/kernel/threads-max", "4000\n");
    write("proc/sys/kernel/pid_max", "3000\n");
  }

  @Test
  void ofNestedGroupsTheFullestCountsAndMaxIsNoLimit() throws IOException {
    version2("/kubepods/pod1/app");
    group2("", "max", "10", "max", "900");
    group2("kubepods/", "500000", "250000", "1000", "100");
    group2("kubepods/pod1/", "400000", "300000", "200", "150");
    group2("kubepods/pod1/app/", "max", "100000", "max", "50");

    assertThat(saturation().memory()).hasValue(new Usage(300_000, 400_000));
    assertThat(saturation().threads()).hasValue(new Usage(150, 200));
  }

  @Test
  void ofNestedQuotasTheNarrowestCounts() throws IOException {
    version2("/pod/app");
    quota2("pod/", "100000 100000", 0);
    quota2("pod/app/", "max 100000", 0);
    Saturation saturation = saturation();

    time.advance(Duration.ofSeconds(10));
    quota2("pod/", "100000 100000", 9_000_000);

    assertThat(saturation.cpu().orElseThrow().share()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void aPathFromOutsideTheNamespaceLeavesTheMountItself() throws IOException {
    version2("/../../other/app");
    group2("", "100000", "90000", "100", "25");
    write("sys/fs/other/app/memory.max", "1\n");
    write("sys/fs/other/app/memory.current", "1\n");

    assertThat(saturation().memory()).hasValue(new Usage(90_000, 100_000));
    assertThat(saturation().threads()).hasValue(new Usage(25, 100));
  }

  @Test
  void aPathOfTheHostThatTheContainerDoesNotSeeLeavesTheMountItself() throws IOException {
    version2("/docker/0123456789abcdef");
    group2("", "100000", "80000", "max", "25");

    assertThat(saturation().memory()).hasValue(new Usage(80_000, 100_000));
  }

  @Test
  void version1IsReadControllerByController() throws IOException {
    write(
        "proc/self/cgroup",
        "12:pids:/docker/abc\n4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n");
    write("sys/fs/cgroup/pids/docker/abc/pids.max", "100\n");
    write("sys/fs/cgroup/pids/docker/abc/pids.current", "40\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "200000\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", "150000\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.stat", "total_inactive_file 50000\n");

    assertThat(saturation().threads()).hasValue(new Usage(40, 100));
    assertThat(saturation().memory()).hasValue(new Usage(100_000, 200_000));
  }

  /** systemd's hybrid: version 2 beside version 1, without a controller of its own. */
  @Test
  void inAHybridTreeTheControllersOfVersion1Count() throws IOException {
    write("proc/self/cgroup", "9:memory:/user.slice\n1:name=systemd:/user.slice\n0::/user.slice\n");
    write("sys/fs/cgroup/unified/cgroup.controllers", "\n");
    write("sys/fs/cgroup/unified/user.slice/memory.max", "1\n");
    write("sys/fs/cgroup/memory/user.slice/memory.limit_in_bytes", "200000\n");
    write("sys/fs/cgroup/memory/user.slice/memory.usage_in_bytes", "50000\n");

    assertThat(saturation().memory()).hasValue(new Usage(50_000, 200_000));
  }

  @Test
  void missingFilesLeaveTheEnclosingGroupOrTheMachine() throws IOException {
    version2("/app");
    write("sys/fs/cgroup/app/memory.max", "100000\n"); // and no memory.current
    write("sys/fs/cgroup/app/pids.current", "5\n"); // and no pids.max

    assertThat(saturation().memory().orElseThrow().limit()).isEqualTo(1000 * 1024);
    assertThat(saturation().threads()).hasValue(new Usage(300, 3000));
  }

  @Test
  void withoutAnyFileNothingIsSaidOfThreadsAndNetwork() throws IOException {
    Files.delete(root.resolve("proc/loadavg"));

    assertThat(saturation().threads()).isEmpty();
    assertThat(saturation().network()).isEmpty();
  }

  @Test
  void theNetworkIsTheSumOfItsInterfacesWithoutTheLoopback() throws IOException {
    write("proc/net/dev", """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 999999    9999    9    9    0     0          0         0 999999    9999    9    9    0     0       0          0
          eth0: 1000      10      1    2    0     0          0         0 2000      20      3    4    0     0       0          0
         ens1:30000 10 10 20 0 0 0 0 40000 20 30 40 0 0 0 0
        broken: 1 2 x
        """);

    assertThat(saturation().network()).hasValue(new Network(31_000, 42_000, 11, 33, 22, 44));
  }

  private Saturation saturation() {
    return Saturation.under(root, time);
  }

  private void version2(String path) throws IOException {
    write("proc/self/cgroup", "0::" + path + "\n");
    write("sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
  }

  private void group2(String group, String memoryMax, String memory, String pidsMax, String pids)
      throws IOException {
    write("sys/fs/cgroup/" + group + "memory.max", memoryMax + "\n");
    write("sys/fs/cgroup/" + group + "memory.current", memory + "\n");
    write("sys/fs/cgroup/" + group + "pids.max", pidsMax + "\n");
    write("sys/fs/cgroup/" + group + "pids.current", pids + "\n");
  }

  private void quota2(String group, String quota, long usedMicros) throws IOException {
    write("sys/fs/cgroup/" + group + "cpu.max", quota + "\n");
    write("sys/fs/cgroup/" + group + "cpu.stat", "usage_usec " + usedMicros + "\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
