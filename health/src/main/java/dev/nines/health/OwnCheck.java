package dev.nines.health;

import dev.nines.dependency.Check;
import dev.nines.targets.DependencyTargets.OnFailure;

/**
 * A check that belongs to no dependency.
 *
 * @param name 1 to 100 letters, digits, '.', '_' or '-'; it becomes a label, a key and part of threads' names
 * @param kind what it looks at
 * @param check asks
 * @param onFailure what its failure does to readiness
 * @param live whether its failure asks for a restart
 */
record OwnCheck(String name, Component.Kind kind, Check check, OnFailure onFailure, boolean live) {

  OwnCheck {
    boolean fits = !name.isEmpty()
        && name.length() <= 100
        && name.chars()
            .allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "check: '" + name + "' (expected: 1 to 100 letters, digits, '.', '_' or '-')");
    }
  }
}
