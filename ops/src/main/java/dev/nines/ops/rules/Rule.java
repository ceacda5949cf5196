package dev.nines.ops.rules;

import dev.nines.ops.generate.Quoted;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rule of a group.
 *
 * @param key {@code record} or {@code alert}
 * @param name of the series or the alert
 * @param expression PromQL, in lines
 * @param sustained how long an alert's condition must hold
 * @param kept how long an alert goes on after its condition ended
 * @param labels added
 * @param annotations of an alert
 * @param why lines for a comment
 */
record Rule(
    String key,
    String name,
    String expression,
    Duration sustained,
    Duration kept,
    Map<String, String> labels,
    Map<String, String> annotations,
    String why) {

  static Rule recording(String name, String expression, Map<String, String> labels, String why) {
    return new Rule(
        "record", name, expression, Duration.ZERO, Duration.ZERO, labels, Map.of(), why);
  }

  static Rule alert(Alert alert, String expression, Map<String, String> labels, String why) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("severity", alert.severity().label());
    all.putAll(labels);
    return new Rule(
        "alert", alert.label(), expression, Duration.ZERO, Duration.ZERO, all, Map.of(), why);
  }

  /** Returns the same alert for a condition that must hold so long. */
  Rule sustained(Duration time) {
    return new Rule(key, name, expression, time, kept, labels, annotations, why);
  }

  /** Returns the same alert, going on for so long after its condition. */
  Rule kept(Duration time) {
    return new Rule(key, name, expression, sustained, time, labels, annotations, why);
  }

  Rule annotated(Map<String, String> texts) {
    return new Rule(key, name, expression, sustained, kept, labels, texts, why);
  }

  /** Returns it in YAML, as an element of a list that is indented by six. */
  String yaml() {
    StringBuilder text = new StringBuilder();
    why.lines().forEach(line -> text.append("      # ").append(line).append('\n'));
    text.append("      - ").append(key).append(": ").append(name).append('\n');
    text.append("        expr: |-\n");
    expression.lines().forEach(line -> text.append("          ").append(line).append('\n'));
    duration(text, "for", sustained);
    duration(text, "keep_firing_for", kept);
    map(text, "labels", labels);
    map(text, "annotations", annotations);
    return text.toString();
  }

  private static void duration(StringBuilder text, String name, Duration time) {
    if (!time.isZero()) {
      text.append("        ")
          .append(name)
          .append(": ")
          .append(Durations.format(time))
          .append('\n');
    }
  }

  private static void map(StringBuilder text, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      text.append("        ").append(name).append(":\n");
      values.forEach((key, value) -> text.append("          ")
          .append(key)
          .append(": ")
          .append(Quoted.text(value))
          .append('\n'));
    }
  }
}
