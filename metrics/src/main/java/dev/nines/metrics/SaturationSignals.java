package dev.nines.metrics;

import dev.nines.FeatureContext;
import dev.nines.lifecycle.CloseStage;
import dev.nines.saturation.Network;
import dev.nines.saturation.Saturation;
import dev.nines.saturation.Usage;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How full the process's own resources are, read in the background at the interval of the health checks. */
final class SaturationSignals {

  private static final String RECEIVE = "receive";
  private static final String TRANSMIT = "transmit";

  private final FeatureContext context;
  private final Sampled<Process> process;
  private final Sampled<Optional<Usage>> disk;

  /** One round's readings of what the kernel and the JVM say at once. */
  private record Process(
      Optional<Usage> cpu,
      Optional<Usage> memory,
      Optional<Usage> heap,
      Optional<Usage> pauses,
      Optional<Usage> fileDescriptors,
      Optional<Usage> threads,
      Optional<Network> network) {

    static Process read(Saturation saturation) {
      return new Process(
          saturation.cpu(),
          saturation.memory(),
          saturation.heap(),
          saturation.collectorPauses(),
          saturation.fileDescriptors(),
          saturation.threads(),
          saturation.network());
    }
  }

  SaturationSignals(FeatureContext context) {
    this.context = context;
    Saturation saturation = Saturation.system(context.time());
    Path workingDirectory = Path.of("").toAbsolutePath();
    this.process = Sampled.of(context, "process", () -> Process.read(saturation));
    this.disk = Sampled.of(context, "disk", () -> saturation.disk(workingDirectory));
  }

  void publish() {
    publish("cpu", Process::cpu);
    publish("memory", Process::memory);
    publish("heap", Process::heap);
    publish("gc_pauses", Process::pauses);
    publish("file_descriptors", Process::fileDescriptors);
    publish("threads", Process::threads);
    context
        .instruments()
        .publish(Metrics.SATURATION, () -> disk.gauge(SaturationSignals::share), "disk");
    publishNetwork();
    run(process);
    run(disk);
  }

  private void publish(String resource, Function<Process, Optional<Usage>> usage) {
    context
        .instruments()
        .publish(
            Metrics.SATURATION, () -> process.gauge(read -> share(usage.apply(read))), resource);
  }

  private void publishNetwork() {
    publish(Metrics.NETWORK_IO, RECEIVE, Network::received);
    publish(Metrics.NETWORK_IO, TRANSMIT, Network::sent);
    publish(Metrics.NETWORK_ERRORS, RECEIVE, Network::receiveErrors);
    publish(Metrics.NETWORK_ERRORS, TRANSMIT, Network::sendErrors);
    publish(Metrics.NETWORK_DROPPED, RECEIVE, Network::receiveDropped);
    publish(Metrics.NETWORK_DROPPED, TRANSMIT, Network::sendDropped);
  }

  private void publish(Metric metric, String direction, ToDoubleFunction<Network> sum) {
    Instruments instruments = context.instruments();
    instruments.publish(
        metric,
        () -> process.counter(read -> read.network().map(sum::applyAsDouble).orElse(0.0)),
        direction);
  }

  private void run(Sampled<?> sampled) {
    context.onStart(sampled::start);
    context.onClose(CloseStage.LAST, "sampling", sampled);
  }

  private static double share(Optional<Usage> usage) {
    return usage.map(Usage::share).orElse(Double.NaN);
  }
}
