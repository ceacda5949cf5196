package dev.nines.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at a place of a declaration: a value of one kind, known keys, quantiles, or names that the user chooses.
 *
 * @param kind of the value here; null where keys follow
 * @param keys the known keys here, in the order in which messages list them
 * @param each what stands under a key that the user names; null where the keys are fixed
 */
record Schema(
    @Nullable ValueKind kind,
    Map<String, Schema> keys,
    @Nullable Schema each) {

  private static final Schema NAME = value(ValueKind.NAME);
  private static final Schema PERCENTAGE = value(ValueKind.PERCENTAGE);
  private static final Schema DURATION = value(ValueKind.DURATION);
  private static final Pattern QUANTILE = Pattern.compile("p\\d{1,2}(?:\\.\\d{1,6})?");

  /** The quantiles that messages and variables name; any other may be declared. */
  private static final Schema LATENCY =
      keys("p50", DURATION, "p90", DURATION, "p95", DURATION, "p99", DURATION, "p99.9", DURATION);

  private static final Schema SATURATION =
      keys("cpu", PERCENTAGE, "memory", PERCENTAGE, "disk", PERCENTAGE);
  private static final Schema RECOVERY = keys(
      "detection", DURATION,
      "restore", DURATION,
      "rollback", DURATION,
      "rto", DURATION,
      "rpo", DURATION);
  private static final Schema TARGETS = keys(
      "availability", PERCENTAGE,
      "errorRate", PERCENTAGE,
      "latency", LATENCY,
      "saturation", SATURATION,
      "recovery", RECOVERY,
      "durability", PERCENTAGE,
      "window", DURATION);
  private static final Schema LIFECYCLE =
      keys("start", DURATION, "preStop", DURATION, "drain", DURATION, "grace", DURATION);

  /** What a route may promise. */
  static final Schema ROUTE = keys("errorRate", PERCENTAGE, "latency", LATENCY);

  /** What may be expected of a dependency. */
  static final Schema DEPENDENCY = keys(
      "required", value(ValueKind.TRUTH),
      "availability", PERCENTAGE,
      "latencyShare", PERCENTAGE,
      "onFailure", value(ValueKind.ON_FAILURE),
      "errorRate", PERCENTAGE,
      "failureRateThreshold", PERCENTAGE,
      "deadline", DURATION,
      "idempotent", value(ValueKind.TRUTH));

  /** A whole declaration. */
  static final Schema DECLARATION = keys(
      "service",
      NAME,
      "targets",
      TARGETS,
      "lifecycle",
      LIFECYCLE,
      "traffic",
      keys("peak", value(ValueKind.RATE)),
      "traces",
      keys(
          "trust", value(ValueKind.TRUST),
          "keepBroken", value(ValueKind.RATE),
          "traceResponse", value(ValueKind.TRUTH),
          "requestId", value(ValueKind.TRUTH)),
      "routes",
      new Schema(null, Map.of(), ROUTE),
      "dependencies",
      new Schema(null, Map.of(), DEPENDENCY));

  /** Returns what stands under a key, if it is known. */
  Optional<Schema> at(String key) {
    if (each != null) {
      return Optional.of(each);
    }
    boolean anyQuantile = this == LATENCY && QUANTILE.matcher(key).matches();
    return Optional.ofNullable(anyQuantile ? DURATION : keys.get(key));
  }

  /** Returns what may stand here, for a message. */
  String expected() {
    if (each != null) {
      return "names, each with " + each.expected();
    }
    String more = this == LATENCY ? " or another quantile below p100" : "";
    return "keys: " + String.join(", ", keys.keySet()) + more;
  }

  /** Returns the values under this place, each with its key from there on; a name of the user's is no key. */
  List<Key> leaves() {
    if (kind != null) {
      return List.of(Key.ROOT);
    }
    List<Key> leaves = new ArrayList<>();
    keys.forEach((name, schema) -> schema.leaves().forEach(leaf -> {
      List<String> segments = new ArrayList<>(leaf.segments());
      segments.add(0, name);
      leaves.add(new Key(segments));
    }));
    return leaves;
  }

  private static Schema value(ValueKind kind) {
    return new Schema(kind, Map.of(), null);
  }

  private static Schema keys(Object... namesAndSchemas) {
    Map<String, Schema> keys = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      keys.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
    }
    return new Schema(null, keys, null);
  }
}
