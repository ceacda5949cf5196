package dev.nines.ops.rules;

import dev.nines.ops.generate.Blueprint;
import dev.nines.targets.ReliabilityTargets;

/** The texts that are under test. */
final class RulesTestFiles {

  private RulesTestFiles() {}

  static String fleet(ReliabilityTargets targets) {
    return new RuleFile(new FleetForm(Blueprint.of(targets, "checkout").links())).yaml("Rules");
  }
}
