package dev.nines.ops.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what a group of instances did from look to look, each from the moment on at which it was warm. Not thread-safe.
 */
final class Gathering {

  private final Duration warmUp;
  private final Map<String, Known> instances = new HashMap<>();
  private final Map<String, double[]> saturation = new HashMap<>();
  private Counters sum = Counters.NONE;
  private Optional<Instant> began = Optional.empty();
  private Instant until = Instant.MIN;

  Gathering(Duration warmUp) {
    this.warmUp = warmUp;
  }

  /** What was seen last of an instance; without counters while it warms up. */
  private record Known(Instant born, Optional<Instant> started, Optional<Counters> last) {}

  /** Adds an instance as it was seen now; returns whether its process is another than at the look before. */
  boolean add(InstanceLook look, Instant now) {
    Known known = instances.get(look.name());
    boolean restarted = known != null && isAnother(known, look);
    Instant born = known == null || restarted ? born(look, now) : known.born();
    boolean warm = !born.plus(warmUp).isAfter(now);
    if (warm) {
      began = Optional.of(began.orElse(now));
      until = now;
      if (known != null && !restarted) {
        known.last().ifPresent(last -> sum = sum.plus(look.counters().since(last)));
      }
      look.saturation().forEach(this::saturated);
    }
    instances.put(
        look.name(),
        new Known(born, look.started(), warm ? Optional.of(look.counters()) : Optional.empty()));
    return restarted;
  }

  /** A clock that goes fast over there makes no instance younger than it was first seen. */
  private static Instant born(InstanceLook look, Instant now) {
    return look.started().filter(now::isAfter).orElse(now);
  }

  private static boolean isAnother(Known known, InstanceLook look) {
    return known.started().isPresent()
        && look.started().isPresent()
        && !known.started().equals(look.started());
  }

  private void saturated(String resource, double ratio) {
    double[] sumAndCount = saturation.computeIfAbsent(resource, r -> new double[2]);
    sumAndCount[0] += ratio;
    sumAndCount[1]++;
  }

  /** Returns when the first instance was warm. */
  Optional<Instant> began() {
    return began;
  }

  Measured measured() {
    Map<String, Double> means = new HashMap<>();
    saturation.forEach((resource, sums) -> means.put(resource, sums[0] / sums[1]));
    double seconds =
        began.map(begin -> Duration.between(begin, until).toMillis() / 1e3).orElse(0.0);
    return new Measured(sum, means, seconds, List.of());
  }
}
