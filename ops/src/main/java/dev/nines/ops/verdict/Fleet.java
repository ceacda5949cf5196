package dev.nines.ops.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The instances of a service during a watch: which run the version to be judged, which another, which are gone, which
 * don't get ready. Not thread-safe.
 */
final class Fleet {

  private final Optional<String> baseline;
  private final Gathering candidates;
  private final Gathering baselines;
  private final Incidents incidents;
  private final Map<String, InstanceLook> present = new TreeMap<>();
  private final Set<String> expected = new TreeSet<>();
  private final Map<String, Instant> unreadySince = new HashMap<>();
  private final Map<String, String> missing = new TreeMap<>();
  private final Map<String, Former> former = new HashMap<>();
  private Optional<String> version;

  Fleet(Optional<String> version, Optional<String> baseline, Duration warmUp, Incidents incidents) {
    this.version = version;
    this.baseline = baseline;
    this.incidents = incidents;
    this.candidates = new Gathering(warmUp);
    this.baselines = new Gathering(warmUp);
  }

  /** What a process of another version had counted when it was last seen, and for how long. */
  private record Former(Counters counters, Map<String, Double> saturation, double seconds) {}

  void add(Look look, Instant now) {
    version = version.or(() -> theOnlyOther(look));
    present.clear();
    look.instances().forEach(instance -> present.put(instance.name(), instance));
    present.values().forEach(instance -> add(instance, now));
    missing.clear();
    expected.forEach(name -> missing.put(name, "no longer there"));
    missing.putAll(look.missing());
    missing.keySet().removeAll(present.keySet());
    // Before there is anything to judge, whoever is away is being replaced.
    if (candidates.began().isPresent()) {
      missing.forEach((name, why) -> incidents.add(now, name + " is missing: " + why));
    }
  }

  private void add(InstanceLook instance, Instant now) {
    if (isCandidate(instance)) {
      expected.add(instance.name());
      if (candidates.add(instance, now)) {
        incidents.add(now, instance.name() + " was restarted");
      }
      if (instance.ready().orElse(true)) {
        unreadySince.remove(instance.name());
      } else {
        unreadySince.putIfAbsent(instance.name(), now);
      }
    } else if (isBaseline(instance)) {
      expected.add(instance.name());
      baselines.add(instance, now);
    } else {
      double seconds = instance
          .started()
          .map(start -> Duration.between(start, now).toMillis() / 1e3)
          .orElse(0.0);
      former.put(instance.name(), new Former(instance.counters(), instance.saturation(), seconds));
    }
  }

  private Optional<String> theOnlyOther(Look look) {
    List<String> versions = versions(look.instances().stream());
    return versions.size() == 1 ? Optional.of(versions.get(0)) : Optional.empty();
  }

  private List<String> versions(Stream<InstanceLook> instances) {
    return instances
        .map(InstanceLook::version)
        .filter(name -> baseline.isEmpty() || !baseline.get().equals(name))
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isCandidate(InstanceLook instance) {
    return version.isPresent() && version.get().equals(instance.version());
  }

  private boolean isBaseline(InstanceLook instance) {
    return baseline.isPresent() && baseline.get().equals(instance.version());
  }

  /** Returns the version that is judged; empty while several run and none was named. */
  Optional<String> version() {
    return version;
  }

  /** Returns the versions that were seen, the baseline's apart. */
  List<String> versions() {
    return versions(present.values().stream());
  }

  Gathering candidates() {
    return candidates;
  }

  Gathering baselines() {
    return baselines;
  }

  /** Returns what the processes of other versions had done by the time they were last seen. */
  Measured former() {
    Counters sum =
        former.values().stream().map(Former::counters).reduce(Counters.NONE, Counters::plus);
    Map<String, Double> saturation = new HashMap<>();
    former.values().forEach(one -> one.saturation()
        .forEach(
            (resource, ratio) -> saturation.merge(resource, ratio / former.size(), Double::sum)));
    double longest = former.values().stream().mapToDouble(Former::seconds).max().orElse(0);
    return new Measured(sum, saturation, longest, List.of());
  }

  /** Returns when the first process of the version to be judged says that it was started. */
  Optional<Instant> started() {
    return judged().flatMap(instance -> instance.started().stream()).min(Instant::compareTo);
  }

  /** Returns the instances of the version to be judged that were there at the last look. */
  Stream<InstanceLook> judged() {
    return present.values().stream().filter(this::isCandidate);
  }

  /** Returns the instances that were there at the last look and run neither of the versions compared. */
  Stream<InstanceLook> others() {
    return present.values().stream()
        .filter(instance -> !isCandidate(instance) && !isBaseline(instance));
  }

  /** Returns who was not there at the last look, with the reason. */
  Map<String, String> missing() {
    return missing;
  }

  /** Returns since when each instance that is unready has been so. */
  Map<String, Instant> unreadySince() {
    return unreadySince;
  }
}
