package dev.nines.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Micrometer's binders for the JVM and the process. A binder whose meters a user's registry has already is left out: bound
 * twice, the collector's pauses would count twice.
 */
final class RuntimeMeters implements AutoCloseable {

  private static final String CPU_TIME = "process.cpu";
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<AutoCloseable> closeables = new ArrayList<>();

  void bindTo(MeterRegistry registry) {
    binders().forEach((meter, binder) -> {
      if (registry.find(meter).meters().isEmpty()) {
        binder.bindTo(registry);
      }
    });
  }

  /** Each with a meter by which one recognizes that it was bound. */
  private Map<String, MeterBinder> binders() {
    JvmGcMetrics collector = new JvmGcMetrics();
    closeables.add(collector); // it listens to the JVM's own notifications
    Map<String, MeterBinder> binders = new LinkedHashMap<>();
    binders.put("jvm.memory.used", new JvmMemoryMetrics());
    binders.put("jvm.gc.memory.promoted", collector);
    binders.put("jvm.threads.live", new JvmThreadMetrics());
    binders.put("jvm.classes.loaded", new ClassLoaderMetrics());
    binders.put("process.cpu.usage", new ProcessorMetrics());
    binders.put("process.files.open", new FileDescriptorMetrics());
    binders.put(CPU_TIME, RuntimeMeters::bindProcessorTime);
    return binders;
  }

  /** Micrometer counts it in nanoseconds, which is no base unit; the name is that of Prometheus' own clients. */
  private static void bindProcessorTime(MeterRegistry registry) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && system.getProcessCpuTime() >= 0) {
      FunctionCounter.builder(CPU_TIME, system, s -> s.getProcessCpuTime() / NANOS_PER_SECOND)
          .baseUnit("seconds")
          .description("Processor time that this process has used.")
          .register(registry);
    }
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable closeable : closeables) {
      closeable.close();
    }
  }
}
