package dev.nines.metrics.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Labels that differ from series to series, clash with a target's, or have values without end. */
final class LabelRule implements Rule {

  private static final Set<String> OF_TARGETS = Set.of("job", "instance");

  /** Who or what one request is about; there are as many as there are users or requests. */
  private static final Set<String> IDENTITIES = Set.of(
      "user",
      "user_id",
      "userid",
      "username",
      "user_name",
      "email",
      "phone",
      "customer_id",
      "account_id",
      "order_id",
      "session",
      "session_id",
      "request_id",
      "correlation_id",
      "trace_id",
      "span_id",
      "transaction_id",
      "message_id",
      "uuid",
      "guid",
      "token",
      "ip",
      "ip_address",
      "client_ip",
      "client_address",
      "remote_addr",
      "remote_address",
      "user_agent",
      "timestamp",
      "url",
      "query_string");

  /** Values that nobody declares: UUIDs, long numbers, hashes, addresses, paths with a number in them. */
  private static final Predicate<String> LOOKS_LIKE_AN_ID = Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|\\d{6,}"
              + "|(?=[a-f]*\\d)[0-9a-f]{16,}"
              + "|[^@\\s]+@[^@\\s]+\\.[a-z]{2,}"
              + "|\\d{1,3}(\\.\\d{1,3}){3}(:\\d+)?"
              + "|.*/\\d+(/.*)?",
          Pattern.CASE_INSENSITIVE)
      .asMatchPredicate();

  /** One may be chance, or a constant. */
  private static final int SUSPICIOUS = 3;

  /** More than the routes of most services; what is declared with more is worth a second thought. */
  private static final int MANY = 200;

  /** A longer value is not looked at whole: expressions take their time on what they don't match. */
  private static final int LONGEST = 256;

  @Override
  public void check(Exposure exposure, Consumer<Finding> found) {
    for (ExposedFamily family : exposure.families()) {
      uniform(family, found);
      family.values().forEach((label, values) -> {
        target(family, label, found);
        bounded(family, label, values, found);
      });
    }
  }

  private static void uniform(ExposedFamily family, Consumer<Finding> found) {
    List<Set<String>> sets =
        family.points().stream().map(Map::keySet).distinct().toList();
    if (sets.size() > 1) {
      found.accept(
          new Finding(
              "inconsistent-labels",
              family.name(),
              Severity.WARNING,
              "Its series have different labels, such as " + sets.get(0) + " and " + sets.get(1)
                  + ".",
              "Give each series all labels, or use two metrics; sums over a label leave out who lacks it."));
    }
  }

  private static void target(ExposedFamily family, String label, Consumer<Finding> found) {
    if (OF_TARGETS.contains(label)) {
      found.accept(new Finding(
          "target-label",
          family.name(),
          Severity.WARNING,
          "Prometheus puts " + label + " on each target and will rename this one to exported_"
              + label + ".",
          "Name the label otherwise, or leave it out."));
    }
  }

  private static void bounded(
      ExposedFamily family, String label, Set<String> values, Consumer<Finding> found) {
    long ids = values.stream()
        .filter(value -> value.length() <= LONGEST && LOOKS_LIKE_AN_ID.test(value))
        .count();
    String why = null;
    if (IDENTITIES.contains(label)) {
      why = "Its label " + label + " has a value for each one, which is without end.";
    } else if (ids >= SUSPICIOUS) {
      why = ids + " values of its label " + label + " look like ids or addresses.";
    } else if (values.size() > MANY) {
      why = "Its label " + label + " has " + values.size() + " values.";
    }
    if (why != null) {
      found.accept(new Finding(
          "unbounded-label",
          family.name(),
          Severity.WARNING,
          why,
          "Use a template or a class of values, bounded by Label.of or Label.upTo;"
              + " what each one did belongs in logs and traces."));
    }
  }
}
