package dev.nines.metrics;

import dev.nines.metrics.lint.ExposedFamily;
import dev.nines.metrics.lint.Exposure;
import dev.nines.metrics.lint.PrometheusFamilies;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what the lint looks at, the meters among it that the registry did not take: those that others had before us are
 * not seen. Thread-safe.
 */
final class LintSource {

  /** Far more than anybody mends at a time. */
  private static final int MOST_FAILURES = 100;

  private static final String AGENT = "-javaagent:";

  private final MeterRegistry registry;
  private final SeriesBudget budget;
  private final Map<String, Exposure.Failure> failures = new LinkedHashMap<>();

  LintSource(MeterRegistry registry, SeriesBudget budget) {
    this.registry = registry;
    this.budget = budget;
    registry.config().onMeterRegistrationFailed(this::failed);
  }

  Exposure look() {
    return new Exposure(
        families(), failures(), budget.used(), budget.most(), budget.refused(), agents());
  }

  private List<ExposedFamily> families() {
    Optional<OwnRegistry> own = Registries.first(registry, OwnRegistry.class);
    if (own.isPresent()) {
      return PrometheusFamilies.of(own.get().all());
    }
    return Registries.first(registry, PrometheusMeterRegistry.class)
        .map(prometheus ->
            PrometheusFamilies.of(prometheus.getPrometheusRegistry().scrape()))
        .orElseGet(() -> MeterFamilies.of(registry.getMeters()));
  }

  private synchronized void failed(Meter.Id id, String reason) {
    if (failures.size() < MOST_FAILURES) {
      failures.putIfAbsent(id.getName(), new Exposure.Failure(id.getName(), reason));
    }
  }

  private synchronized List<Exposure.Failure> failures() {
    return List.copyOf(failures.values());
  }

  private static List<String> agents() {
    Collection<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return arguments.stream().filter(argument -> argument.startsWith(AGENT)).toList();
  }
}
