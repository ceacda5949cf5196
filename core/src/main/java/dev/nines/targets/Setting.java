package dev.nines.targets;

import java.util.List;
import java.util.Optional;

/**
 * One value of a declaration that stands neither in the file nor in the environment, but in the configuration of a framework.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key where it would stand in {@code reliability.yaml}: {@code targets}, {@code errorRate}
 * @param value as the file would have it: {@code 0.1%}
 * @param origin where it was found, for messages
 */
public record Setting(List<String> key, String value, String origin) {

  public Setting {
    key = List.copyOf(key);
  }

  /** Puts it into the draft; what is no key of a declaration is a problem. */
  void read(Draft draft, Problems problems) {
    Schema schema = Schema.DECLARATION;
    for (String segment : key) {
      Optional<Schema> below = schema.at(segment);
      if (below.isEmpty()) {
        problems.add(origin + ": " + text(), "unknown key", schema.expected());
        return;
      }
      schema = below.orElseThrow();
    }
    if (schema.kind() == null) {
      problems.add(origin + ": " + text(), value, schema.expected());
    } else {
      draft.put(new Key(key), schema.kind(), value, origin);
    }
  }

  private String text() {
    return Check.printable(String.join(".", key));
  }
}
