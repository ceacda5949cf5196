package dev.nines.ops.rules;

import dev.nines.ops.generate.PromQl;
import dev.nines.ops.generate.Quoted;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One group of promtool's unit tests: many situations side by side on one line of time, so that rules are evaluated once for
 * all of them. Not thread-safe.
 */
final class Timeline {

  private final Duration scrape;
  private final StringBuilder series = new StringBuilder();
  private final StringBuilder checks = new StringBuilder();

  /** Begins at zero, with samples so far apart. */
  Timeline(Duration scrape) {
    this.scrape = scrape;
  }

  int steps(Duration time) {
    return (int) time.dividedBy(scrape);
  }

  double seconds() {
    return scrape.toMillis() / 1000.0;
  }

  Timeline series(String metric, Map<String, String> labels, Samples samples) {
    String all = new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> PromQl.equal(label.getKey(), label.getValue()))
            .collect(Collectors.joining(","));
    series.append("      - series: '").append(metric).append('{').append(all).append("}'\n");
    series.append("        values: '").append(samples.text()).append("'\n");
    return this;
  }

  /** Expects alerts that the matchers find to fire, or none, at a moment. */
  Timeline firing(String name, String matchers, Duration at, boolean firing) {
    return check(name, "ALERTS{alertstate=\"firing\"," + matchers + "}", at, firing);
  }

  /** Expects no such alert to have fired within a time that ends then. */
  Timeline silent(String name, String matchers, Duration length, Duration end) {
    String range = "[" + length.toSeconds() + "s]";
    return check(
        name,
        "max_over_time(ALERTS{alertstate=\"firing\"," + matchers + "}" + range + ")",
        end,
        false);
  }

  private Timeline check(String name, String firing, Duration at, boolean expected) {
    // the name is in the expression, so that promtool says which situation failed
    checks.append("      # ").append(name).append('\n');
    checks.append("      - expr: 'clamp_max(sum(").append(firing).append(") or vector(0), 1)'\n");
    checks.append("        eval_time: ").append(Durations.format(at)).append('\n');
    checks
        .append("        exp_samples: [{labels: '{}', value: ")
        .append(expected ? 1 : 0)
        .append("}]\n");
    return this;
  }

  /** Returns one group of tests in YAML. */
  String yaml() {
    return "  - interval: " + Durations.format(scrape) + "\n    input_series:\n" + series
        + "    promql_expr_test:\n" + checks;
  }

  /** Returns the beginning of a file of tests, before its groups. */
  static String head(List<String> ruleFiles, Duration evaluation) {
    return "rule_files: ["
        + ruleFiles.stream().map(Quoted::text).collect(Collectors.joining(", "))
        + "]\nevaluation_interval: " + Durations.format(evaluation) + "\ntests:\n";
  }
}
