package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;

/**
 * Makes a dependency of each bean of a kind, with a check that asks through it: optional, unless the declaration says otherwise of
 * its name, for a cache or a broker that is away must not take a service from its users that would serve without.
 */
final class BeanDependencies implements DeclaredDependencies, DisposableBean {

  private final Map<String, ? extends Check> checks;

  /** @param checks by the name of the dependency */
  BeanDependencies(Map<String, ? extends Check> checks) {
    this.checks = checks;
  }

  @Override
  public List<Dependency> of(ReliabilityTargets targets, Collection<Dependency> known) {
    return checks.entrySet().stream()
        .filter(entry -> known.stream().noneMatch(other -> asksTheSame(other, entry.getValue())))
        .map(entry -> dependency(targets, entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Closes what a check has for itself. */
  @Override
  public void destroy() throws Exception {
    for (Check check : checks.values()) {
      if (check instanceof DisposableBean closeable) {
        closeable.destroy();
      }
    }
  }

  private static Dependency dependency(ReliabilityTargets targets, String name, Check check) {
    boolean required = Optional.ofNullable(targets.dependencies().get(name))
        .map(DependencyTargets::required)
        .orElse(false);
    return PropertyDependencies.dependency(name, required, Optional.of(check));
  }

  private static boolean asksTheSame(Dependency other, Check check) {
    Optional<Object> subject = check.subject();
    return subject.isPresent()
        && other
            .check()
            .flatMap(Check::subject)
            .filter(asked -> asked == subject.get())
            .isPresent();
  }
}
