package dev.nines.dependency;

import dev.nines.targets.DependencyTargets;
import java.util.Optional;

/**
 * Something that the service leans on, declared once. From it follow its health check, its breaker, its metrics and
 * spans, its alert, its runbook section and its dashboard row.
 *
 * <p>Immutable and thread-safe.
 *
 * @param targets what is expected of it
 * @param check asks whether it works; without one only its calls tell
 */
public record Dependency(DependencyTargets targets, Optional<Check> check) {

  /** Declares a dependency without which the service cannot serve. */
  public static Dependency required(String name, Check check) {
    return new Dependency(DependencyTargets.required(name), Optional.of(check));
  }

  /** Declares a dependency without which the service serves less. */
  public static Dependency optional(String name, Check check) {
    return new Dependency(DependencyTargets.optional(name), Optional.of(check));
  }

  public String name() {
    return targets.name();
  }
}
