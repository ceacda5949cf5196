package dev.nines.metrics.watch;

import dev.nines.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** See {@link Watch#lag} and {@link Watch#kafkaLag}. Thread-safe. */
final class ConsumerLag implements Watch<Callable<Map<String, Double>>> {

  private final String group;
  private final List<String> destinations;
  private final Callable<Map<String, Double>> lag;

  /**
   * @param lag tells how many messages of each destination wait; one that is missing is unknown
   */
  ConsumerLag(String group, List<String> destinations, Callable<Map<String, Double>> lag) {
    this.group = group;
    this.destinations = List.copyOf(destinations);
    this.lag = lag;
  }

  @Override
  public String name() {
    return "lag:" + group + destinations;
  }

  @Override
  public Callable<Map<String, Double>> watched() {
    return lag;
  }

  @Override
  public void start(WatchContext context) {
    Sampling<Map<String, Double>> found = context.sample(name(), lag);
    for (String destination : destinations) {
      context
          .instruments()
          .publish(
              Metrics.CONSUMER_LAG,
              () -> found.gauge(read -> read.getOrDefault(destination, Double.NaN)),
              group,
              destination);
    }
  }
}
