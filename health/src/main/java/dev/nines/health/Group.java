package dev.nines.health;

import java.util.List;
import java.util.Set;

/**
 * Checks that are asked for together, at {@code /health/} and the name.
 *
 * @param name one step of a path: 1 to 100 letters, digits, '.', '_' or '-', not beginning with a dot
 * @param checks names of dependencies and checks
 */
record Group(String name, Set<String> checks) {

  /** Each has a path, and answers that are kept ready. */
  static final int MOST = 16;

  Group(String name, List<String> checks) {
    this(name, Set.copyOf(checks));
  }

  Group {
    OwnCheck.requireName("group", name);
    if (name.startsWith(".")) {
      throw new IllegalArgumentException("group: '" + name + "' (expected: no dot at its begin)");
    }
    if (checks.isEmpty()) {
      throw new IllegalArgumentException(
          "group." + name + ": no checks (expected: the name of at least one)");
    }
  }

  Question question() {
    return new Question(View.HEALTH, checks);
  }

  String path() {
    return View.HEALTH.path() + "/" + name;
  }
}
