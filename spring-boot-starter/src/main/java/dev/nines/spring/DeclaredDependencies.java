package dev.nines.spring;

import dev.nines.dependency.Dependency;
import dev.nines.targets.ReliabilityTargets;
import java.util.Collection;
import java.util.List;

/** Brings dependencies that follow from beans or properties rather than from a bean of that type. */
@FunctionalInterface
interface DeclaredDependencies {

  /**
   * Returns dependencies to declare.
   *
   * @param targets what is declared of dependencies elsewhere, and so whether one is required
   * @param known what is declared as beans, which goes before
   */
  List<Dependency> of(ReliabilityTargets targets, Collection<Dependency> known);
}
