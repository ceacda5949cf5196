package dev.nines.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.nines.FeatureContext;
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
import java.util.Map;

/**
 * Micrometer's binders for the JVM and the process. A binder whose meters a user's registry has already is left out: bound
 * twice, the collector's pauses would count twice.
 */
final class RuntimeMeters implements AutoCloseable {

  private static final String CPU_TIME = "process.cpu";
  private static final double NANOS_PER_SECOND = 1e9;

  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final SampledMeters sampled;

  RuntimeMeters(FeatureContext context) {
    this.sampled = new SampledMeters(context, "runtime");
  }

  void bindTo(MeterRegistry registry) {
    bind(quick(), registry, registry);
    bind(slow(), registry, sampled.source());
    sampled.showIn(registry);
  }

  private static void bind(
      Map<String, MeterBinder> binders, MeterRegistry known, MeterRegistry target) {
    binders.forEach((meter, binder) -> {
      if (known.find(meter).meters().isEmpty()) {
        binder.bindTo(target);
      }
    });
  }

  /** Each with a meter by which one recognizes that it was bound. */
  private Map<String, MeterBinder> quick() {
    return Map.of(
        "jvm.memory.used",
        new JvmMemoryMetrics(),
        "jvm.gc.memory.promoted",
        collector,
        "jvm.classes.loaded",
        new ClassLoaderMetrics(),
        CPU_TIME,
        RuntimeMeters::bindProcessorTime);
  }

  private static Map<String, MeterBinder> slow() {
    return Map.of(
        "jvm.threads.live", new JvmThreadMetrics(),
        "process.cpu.usage", new ProcessorMetrics(),
        "process.files.open", new FileDescriptorMetrics());
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
  public void close() {
    sampled.close();
    collector.close(); // it listens to the JVM's own notifications
  }
}
