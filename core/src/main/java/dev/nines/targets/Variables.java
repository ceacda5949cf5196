package dev.nines.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code NINES_…} variables into a declaration. A key's variable is the key in capitals, each run of other
 * characters an underscore: {@code NINES_TARGETS_ERROR_RATE}, {@code NINES_TARGETS_LATENCY_P99_9},
 * {@code NINES_DEPENDENCIES_ORDERS_DB_LATENCY_SHARE}, {@code NINES_ROUTES_POST_ORDERS_LATENCY_P99}. An empty one counts as
 * not set.
 */
final class Variables {

  static final String PREFIX = "NINES_";

  /** Where the declaration is, and so not part of it. */
  static final String CONFIG = PREFIX + "CONFIG";

  private static final Set<String> EXCEPTIONS = Set.of(CONFIG);
  private static final String ROUTES = "routes";
  private static final String DEPENDENCIES = "dependencies";

  /** Under these every variable is ours, so an unknown one is a mistake. */
  private static final List<String> ROOTS = List.of(
      PREFIX + "TARGETS_",
      PREFIX + "LIFECYCLE_",
      PREFIX + "TRAFFIC_",
      PREFIX + "ROUTES_",
      PREFIX + "DEPENDENCIES_");

  private static final Pattern QUANTILE =
      Pattern.compile("(.*_)?LATENCY_P(\\d{1,2})(?:_(\\d{1,6}))?");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");

  private final Draft draft;
  private final Problems problems;

  private Variables(Draft draft, Problems problems) {
    this.draft = draft;
    this.problems = problems;
  }

  /** Reads the variables over what the draft holds; call it after the file is read, whose names it needs. */
  static void read(Map<String, String> environment, Draft draft, Problems problems) {
    Variables variables = new Variables(draft, problems);
    new TreeMap<>(environment).forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !EXCEPTIONS.contains(name) && !value.isEmpty()) {
        variables.read(name, value);
      }
    });
  }

  /** Returns a segment of a key as it stands in a variable: {@code errorRate} is {@code ERROR_RATE}. */
  static String normalised(String segment) {
    String spaced = HUMP.matcher(segment).replaceAll("_");
    String joined = OTHERS.matcher(spaced).replaceAll("_");
    return joined.replaceAll("^_|_$", "").toUpperCase(Locale.ROOT);
  }

  private void read(String name, String value) {
    List<Key> keys = keys(name);
    if (keys.size() == 1) {
      put(keys.get(0), value, name);
    } else if (keys.size() > 1) {
      problems.add("environment " + name, value, "a variable for one key; this one fits " + keys);
    } else {
      unknown(name, value);
    }
  }

  private void put(Key key, String value, String name) {
    Schema schema = Schema.DECLARATION;
    for (String segment : key.segments()) {
      schema = schema.at(segment).orElseThrow();
    }
    if (schema.kind() != null) {
      draft.put(key, schema.kind(), value, "environment " + name);
    }
  }

  /** Returns the keys that a variable may stand for: one, unless it is unknown or two names look alike in capitals. */
  private List<Key> keys(String name) {
    String rest = name.substring(PREFIX.length());
    List<Key> keys = new ArrayList<>(leaf(Schema.DECLARATION, rest).stream().toList());
    keys.addAll(declared(ROUTES, Schema.ROUTE, rest));
    keys.addAll(declared(DEPENDENCIES, Schema.DEPENDENCY, rest));
    if (keys.isEmpty()) {
      undeclaredDependency(rest).ifPresent(keys::add);
    }
    return keys;
  }

  private List<Key> declared(String root, Schema schema, String rest) {
    List<Key> keys = new ArrayList<>();
    for (String name : draft.names(root)) {
      String start = normalised(root) + "_" + normalised(name) + "_";
      if (rest.startsWith(start)) {
        leaf(schema, rest.substring(start.length()))
            .map(leaf -> within(root, name, leaf))
            .ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** A dependency that only code declares; its name is guessed in lower case with dashes, and code's check of names tells. */
  private static Optional<Key> undeclaredDependency(String rest) {
    String start = normalised(DEPENDENCIES) + "_";
    if (!rest.startsWith(start)) {
      return Optional.empty();
    }
    String named = rest.substring(start.length());
    return Schema.DEPENDENCY.leaves().stream()
        .filter(leaf -> named.endsWith("_" + normalised(leaf)) && !named.startsWith("_"))
        .map(leaf -> within(DEPENDENCIES, guessed(named, normalised(leaf)), leaf))
        .findFirst();
  }

  private static String guessed(String named, String leaf) {
    String name = named.substring(0, named.length() - leaf.length() - 1);
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Key> leaf(Schema schema, String rest) {
    Optional<Key> fixed =
        schema.leaves().stream().filter(k -> normalised(k).equals(rest)).findFirst();
    return fixed.or(() -> quantile(schema, rest));
  }

  private static Optional<Key> quantile(Schema schema, String rest) {
    Matcher matcher = QUANTILE.matcher(rest);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String quantile =
        "p" + matcher.group(2) + (matcher.group(3) == null ? "" : "." + matcher.group(3));
    String before = rest.substring(0, matcher.start(2) - 1);
    return schema.leaves().stream()
        .filter(k -> k.segments().contains("latency") && normalised(k).equals(before + "P99"))
        .map(k -> new Key(k.segments().subList(0, k.segments().size() - 1)).child(quantile))
        .findFirst();
  }

  private static String normalised(Key key) {
    return key.variable().substring(PREFIX.length());
  }

  private static Key within(String root, String name, Key leaf) {
    Key key = Key.of(root, name);
    for (String segment : leaf.segments()) {
      key = key.child(segment);
    }
    return key;
  }

  private void unknown(String name, String value) {
    Optional<String> guess = Nearest.to(name, known());
    if (guess.isPresent() || ROOTS.stream().anyMatch(name::startsWith)) {
      problems.add(
          "environment " + name,
          "unknown variable, with " + value,
          guess.map(g -> g + "?").orElse("one of " + String.join(", ", known())));
    }
  }

  private List<String> known() {
    List<Key> keys = new ArrayList<>(Schema.DECLARATION.leaves());
    draft
        .names(ROUTES)
        .forEach(n -> Schema.ROUTE.leaves().forEach(l -> keys.add(within(ROUTES, n, l))));
    draft.names(DEPENDENCIES).forEach(n -> Schema.DEPENDENCY
        .leaves()
        .forEach(l -> keys.add(within(DEPENDENCIES, n, l))));
    List<String> names = new ArrayList<>(keys.stream().map(Key::variable).toList());
    names.addAll(EXCEPTIONS);
    return names;
  }
}
