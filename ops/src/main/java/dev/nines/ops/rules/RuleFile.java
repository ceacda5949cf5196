package dev.nines.ops.rules;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** All rules of one form, in three groups: what pages must be seen soon, what is slow must not cost much. */
record RuleFile(Form form) {

  private static final Duration FAST = Duration.ofSeconds(15);
  private static final Duration RECENT = Duration.ofSeconds(30);

  /** Under five minutes, after which Prometheus takes a recorded value for gone. */
  private static final Duration SLOW = Duration.ofMinutes(2);

  List<RuleGroup> groups() {
    Annotations annotations = new Annotations(form);
    RequestRules requests = new RequestRules(form, annotations);
    AvailabilityRules availability = new AvailabilityRules(form, annotations);
    StateRules states = new StateRules(form, annotations);
    return List.of(
        group(
            "fast",
            FAST,
            List.of(form.numbers(), requests.increases(minutes(2)), requests.pages())),
        group(
            "recent",
            RECENT,
            List.of(
                requests.increases(minutes(5)),
                requests.sums(minutes(30), hours(1)),
                availability.now(),
                availability.shares(minutes(30), hours(1)),
                requests.highs(),
                availability.alerts(),
                availability.pages(),
                states.alerts())),
        group(
            "slow",
            SLOW,
            List.of(
                requests.sums(hours(2), hours(6), hours(24), hours(72)),
                availability.shares(hours(2), hours(6), hours(24), hours(72)),
                requests.tickets(),
                availability.tickets(),
                states.slowAlerts())));
  }

  String yaml(String heading) {
    return heading.lines().map(line -> "# " + line + "\n").collect(Collectors.joining())
        + "groups:\n"
        + groups().stream().map(RuleGroup::yaml).collect(Collectors.joining());
  }

  private RuleGroup group(String name, Duration interval, List<List<Rule>> rules) {
    return new RuleGroup(
        form.prefix() + "-" + name,
        interval,
        rules.stream().flatMap(List::stream).toList());
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }

  private static Duration hours(int count) {
    return Duration.ofHours(count);
  }
}
