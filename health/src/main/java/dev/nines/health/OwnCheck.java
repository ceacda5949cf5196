package dev.nines.health;

import dev.nines.dependency.Check;
import dev.nines.dependency.LocalCheck;
import dev.nines.targets.DependencyTargets.OnFailure;

/**
 * A check that belongs to no dependency.
 *
 * @param name 1 to 100 letters, digits, '.', '_' or '-'; it becomes a label, a key and part of threads' names
 * @param kind what it looks at
 * @param check asks
 * @param onFailure what its failure does to readiness
 * @param live whether its failure asks for a restart
 * @param memoryOnly whether it only reads memory, so that it needs neither a thread of its own nor a second opinion
 */
record OwnCheck(
    String name,
    Component.Kind kind,
    Check check,
    OnFailure onFailure,
    boolean live,
    boolean memoryOnly) {

  OwnCheck {
    requireName("check", name);
  }

  static void requireName(String what, String name) {
    boolean fits = !name.isEmpty()
        && name.length() <= 100
        && name.chars()
            .allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
    if (!fits) {
      throw new IllegalArgumentException(
          what + ": '" + name + "' (expected: 1 to 100 letters, digits, '.', '_' or '-')");
    }
  }

  OwnCheck(String name, Component.Kind kind, Check check, OnFailure onFailure, boolean live) {
    this(name, kind, check, onFailure, live, false);
  }

  /** Makes a check of this process that reads memory only, and whose failure degrades. */
  static OwnCheck ofMemory(String name, LocalCheck check) {
    return new OwnCheck(name, Component.Kind.LOCAL, check, OnFailure.DEGRADE, false, true);
  }
}
