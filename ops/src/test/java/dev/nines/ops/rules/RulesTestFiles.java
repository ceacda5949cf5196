package dev.nines.ops.rules;

import dev.nines.ops.generate.Blueprint;
import dev.nines.targets.ReliabilityTargets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts that are under test. */
final class RulesTestFiles {

  private static final Pattern OF_DAYS = Pattern.compile(".*:(increase|ratio)[13]d");

  private RulesTestFiles() {}

  static String fleet(ReliabilityTargets targets) {
    return all(new FleetForm(Blueprint.of(targets, "checkout").links()));
  }

  static String all(Form form) {
    return new RuleFile(form).yaml("Rules");
  }

  /** Returns the rules but for windows of days and the tickets that read them. */
  static String withoutDays(Form form) {
    return "groups:\n"
        + new RuleFile(form)
            .groups().stream()
                .map(group -> new RuleGroup(
                    group.name(),
                    group.interval(),
                    group.rules().stream().filter(RulesTestFiles::soon).toList()))
                .map(RuleGroup::yaml)
                .collect(Collectors.joining());
  }

  private static boolean soon(Rule rule) {
    return !OF_DAYS.matcher(rule.name()).matches()
        && !Severity.TICKET.label().equals(rule.labels().get("severity"));
  }
}
