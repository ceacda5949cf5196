package dev.nines.targets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the file and the environment say, each value with the place where it says so; what comes later replaces what came
 * before. Not thread-safe.
 */
final class Draft {

  private final Problems problems;
  private final Map<Key, Declared> values = new LinkedHashMap<>();
  private final Map<Key, String> names = new LinkedHashMap<>();

  Draft(Problems problems) {
    this.problems = problems;
  }

  /** One value: what was read, and from where. */
  private record Declared(Object value, String origin) {}

  /** Reads a value and keeps it, or reports why it cannot be read. */
  void put(Key key, ValueKind kind, String text, String origin) {
    nameOf(key).ifPresent(name -> names.putIfAbsent(name, origin));
    try {
      values.put(key, new Declared(kind.parse(text), origin));
    } catch (InvalidTargetsException e) {
      problems.add(origin + ": " + key, text, kind.expected(text));
    }
  }

  /** Keeps that a route or a dependency of that key is declared, be it without any value. */
  void name(Key key, String origin) {
    names.putIfAbsent(key, origin);
  }

  /** Returns the declared names under {@code routes} or {@code dependencies}, in their order. */
  List<String> names(String root) {
    return names.keySet().stream()
        .filter(k -> k.segments().get(0).equals(root))
        .map(k -> k.segments().get(1))
        .toList();
  }

  <T> Optional<T> get(Class<T> type, Key key) {
    return Optional.ofNullable(values.get(key)).map(d -> type.cast(d.value));
  }

  /** Returns the declared keys right under a place, such as the quantiles under {@code latency}. */
  List<String> under(Key place) {
    int depth = place.segments().size();
    return values.keySet().stream()
        .filter(k -> k.segments().size() == depth + 1
            && k.segments().subList(0, depth).equals(place.segments()))
        .map(k -> k.segments().get(depth))
        .toList();
  }

  /**
   * Completes the message of a value that knows its own key only, such as {@code recovery.rto: 1m (expected: …)}: puts
   * the place in front, and the whole key.
   *
   * @param context the key in which the value stands, unless its own key begins at the root
   */
  String located(String context, String message) {
    int colon = message.indexOf(": ");
    String key = message.substring(0, colon);
    String full = absolute(key) ? key : context + "." + key;
    String note = isDefault(full) ? "; " + full + " is not declared, this is its default" : "";
    String place = origin(full)
        .or(() -> origin(context))
        .or(() -> nearestOrigin(full))
        .map(o -> o + ": ")
        .orElse("");
    return place + full + message.substring(colon) + note;
  }

  private static boolean absolute(String key) {
    return Schema.DECLARATION.keys().containsKey(key.split("\\.", 2)[0]);
  }

  private Optional<String> origin(String fullKey) {
    Stream<String> ofValues = values.entrySet().stream()
        .filter(e -> e.getKey().toString().equals(fullKey))
        .map(e -> e.getValue().origin);
    Stream<String> ofNames = names.entrySet().stream()
        .filter(e -> e.getKey().toString().equals(fullKey))
        .map(Map.Entry::getValue);
    return Stream.concat(ofValues, ofNames).findFirst();
  }

  /** Returns the place of a value beside, or else of any under the same root. */
  private Optional<String> nearestOrigin(String fullKey) {
    List<String> prefixes = new ArrayList<>();
    for (int dot = fullKey.lastIndexOf('.'); dot > 0; dot = fullKey.lastIndexOf('.', dot - 1)) {
      prefixes.add(fullKey.substring(0, dot + 1));
    }
    return prefixes.stream()
        .flatMap(p -> values.entrySet().stream()
            .filter(e -> e.getKey().toString().startsWith(p))
            .map(e -> e.getValue().origin))
        .findFirst();
  }

  private boolean isDefault(String fullKey) {
    return origin(fullKey).isEmpty()
        && Schema.DECLARATION.leaves().stream().anyMatch(k -> k.toString().equals(fullKey));
  }

  private static Optional<Key> nameOf(Key key) {
    boolean named = List.of("routes", "dependencies").contains(key.segments().get(0));
    return named ? Optional.of(new Key(key.segments().subList(0, 2))) : Optional.empty();
  }
}
