package dev.nines.ops.verdict;

import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.prometheus.Sample;
import dev.nines.telemetry.Metrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts together what the samples of one instance tell of it; those of other metrics are passed over. */
final class SampleReader {

  private static final String BUCKET = "_bucket";

  /** Series that count durations in buckets. */
  static final String BUCKETS = HttpNaming.OTEL.duration() + BUCKET;

  private static final String SPRINGS_BUCKETS = HttpNaming.SPRING.duration() + BUCKET;

  private static final double MOST_SECONDS = 1e12;

  private String version = "unknown";
  private String environment = "unknown";
  private Optional<Instant> started = Optional.empty();
  private Optional<Boolean> ready = Optional.empty();
  private final Map<Objective, Tally> tallies = new HashMap<>();
  private final TreeMap<Double, Double> buckets = new TreeMap<>();
  private final TreeMap<Double, Double> springs = new TreeMap<>();
  private final Map<String, Double> saturation = new HashMap<>();

  private SampleReader() {}

  /** @param health how the instance answered; empty to say whether it is ready */
  static InstanceLook read(String name, List<Sample> samples, Optional<Health> health) {
    SampleReader reader = new SampleReader();
    samples.stream().filter(sample -> !Double.isNaN(sample.value())).forEach(reader::take);
    return new InstanceLook(
        name,
        reader.version,
        reader.environment,
        reader.started,
        reader.ready,
        new Counters(
            reader.tallies,
            new Buckets(reader.buckets.isEmpty() ? reader.springs : reader.buckets)),
        Map.copyOf(reader.saturation),
        health.orElseGet(() -> new Health(name, reader.readiness(), Optional.empty())));
  }

  private void take(Sample sample) {
    String metric = sample.name();
    if (metric.equals(Metrics.REQUESTS_GOOD.name())) {
      count(sample, new Tally(counted(sample), 0));
    } else if (metric.equals(Metrics.REQUESTS_BAD.name())) {
      count(sample, new Tally(0, counted(sample)));
    } else if (metric.equals(BUCKETS) && sample.label("error_type").isEmpty()) {
      buckets.merge(bound(sample.label("le")), counted(sample), Double::sum);
    } else if (metric.equals(SPRINGS_BUCKETS) && !sample.label("status").startsWith("5")) {
      springs.merge(bound(sample.label("le")), counted(sample), Double::sum);
    } else if (metric.equals(Metrics.SATURATION.name())) {
      saturation.merge(sample.label("resource"), sample.value(), Math::max);
    } else if (metric.equals(Metrics.READY.name())) {
      ready = Optional.of(sample.value() >= 1);
    } else if (metric.equals(Metrics.BUILD_INFO.name())) {
      version = sample.label("version");
      environment = sample.label("environment");
    } else if (metric.equals(Metrics.PROCESS_START.name())
        && Math.abs(sample.value()) < MOST_SECONDS) {
      started = Optional.of(Instant.ofEpochMilli(Math.round(sample.value() * 1000)));
    }
  }

  private void count(Sample sample, Tally tally) {
    tallies.merge(
        new Objective(sample.label("objective"), sample.label("route_class")), tally, Tally::plus);
  }

  private String readiness() {
    return ready.map(is -> is ? "ready" : "unready").orElse("unknown");
  }

  private static double counted(Sample sample) {
    return Math.max(0, sample.value());
  }

  static double bound(String le) {
    return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
  }
}
