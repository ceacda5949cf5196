package dev.nines.ops.rules;

import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Rules that are evaluated one after another. */
record RuleGroup(String name, Duration interval, List<Rule> rules) {

  RuleGroup {
    rules = List.copyOf(rules);
  }

  String yaml() {
    return "  - name: " + name + "\n"
        + "    interval: " + Durations.format(interval) + "\n"
        + "    rules:\n"
        + rules.stream().map(Rule::yaml).collect(Collectors.joining());
  }
}
