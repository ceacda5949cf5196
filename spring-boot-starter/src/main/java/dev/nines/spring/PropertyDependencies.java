package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.health.checks.Checks;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dependencies that {@code nines.dependencies} names; what core reads of them comes with the targets. */
final class PropertyDependencies implements DeclaredDependencies {

  private final Map<String, NinesProperties.Leaned> named;

  PropertyDependencies(Map<String, NinesProperties.Leaned> named) {
    this.named = named;
  }

  @Override
  public List<Dependency> of(ReliabilityTargets targets, Collection<Dependency> known) {
    return named.entrySet().stream()
        .filter(entry -> says(targets, entry.getKey(), entry.getValue()))
        .map(entry -> dependency(targets, entry.getKey(), entry.getValue()))
        .toList();
  }

  /** A variable of a dependency that code declares looks to Spring like another, which says nothing. */
  private static boolean says(
      ReliabilityTargets targets, String name, NinesProperties.Leaned leaned) {
    return leaned.url() != null
        || !leaned.addresses().isEmpty()
        || targets.dependencies().containsKey(name);
  }

  private static Dependency dependency(
      ReliabilityTargets targets, String name, NinesProperties.Leaned leaned) {
    boolean required = Optional.ofNullable(targets.dependencies().get(name))
        .map(DependencyTargets::required)
        .orElse(true);
    return dependency(
        name, required, Optional.ofNullable(leaned.url()).map(url -> check(name, url)));
  }

  static Dependency dependency(String name, boolean required, Optional<Check> check) {
    if (required) {
      return check
          .map(c -> Dependency.required(name, c))
          .orElseGet(() -> Dependency.required(name));
    }
    return check.map(c -> Dependency.optional(name, c)).orElseGet(() -> Dependency.optional(name));
  }

  private static Check check(String name, String url) {
    try {
      return Checks.http(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "nines.dependencies." + name + ".url: " + e.getMessage(), e);
    }
  }
}
