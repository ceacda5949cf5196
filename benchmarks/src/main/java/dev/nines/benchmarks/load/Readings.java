package dev.nines.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads what another JVM has used, through its own management beans: nothing has to be built into what is measured. */
final class Readings implements Closeable {

  private final long pid;
  private final JMXConnector connector;
  private final ThreadMXBean threads;
  private final OperatingSystemMXBean system;

  /**
   * What was used since the start of that JVM.
   *
   * @param cpuNanos of all its threads
   * @param bytes allocated by the threads that are alive
   */
  record Used(long cpuNanos, long bytes) {}

  private Readings(long pid, JMXConnector connector) throws IOException {
    this.pid = pid;
    this.connector = connector;
    this.threads = ManagementFactory.newPlatformMXBeanProxy(
        connector.getMBeanServerConnection(),
        ManagementFactory.THREAD_MXBEAN_NAME,
        ThreadMXBean.class);
    this.system = ManagementFactory.newPlatformMXBeanProxy(
        connector.getMBeanServerConnection(),
        ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
        OperatingSystemMXBean.class);
  }

  static Readings of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        String url = machine.startLocalManagementAgent();
        return new Readings(pid, JMXConnectorFactory.connect(new JMXServiceURL(url)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the JVM " + pid + " cannot be asked", e);
    }
  }

  Used used() {
    long[] bytes = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
    return new Used(
        system.getProcessCpuTime(),
        Arrays.stream(bytes).filter(count -> count > 0).sum());
  }

  double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
