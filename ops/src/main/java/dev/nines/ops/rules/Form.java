package dev.nines.ops.rules;

import dev.nines.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What differs between the rules of one service and those of a fleet: which series are meant, and where numbers come from. */
interface Form {

  /** Returns how its groups' names begin. */
  String prefix();

  /** Returns the series of a metric, of all instances in question. */
  default String raw(Metric metric, String... matchers) {
    return raw(metric.name(), matchers);
  }

  /** Returns the series of a metric of that name, of all instances in question. */
  String raw(String metric, String... matchers);

  /** Returns series that were recorded. */
  String recorded(String name, String... matchers);

  /** Returns the clause by which to aggregate, so that services stay apart: {@code by (job, objective)}; may be empty. */
  String by(String... labels);

  /** Returns the clause by which to match series of the same service: {@code on (job, resource)}. */
  String on(String... labels);

  /** Returns what recorded series are labelled with. */
  Map<String, String> recordedLabels();

  /** Returns what alerts are labelled with. */
  Map<String, String> alertLabels();

  /** Returns what annotations call the service. */
  String service();

  /** Returns the address of the dashboard. */
  String dashboard();

  /** Returns the address of an alert's runbook. */
  String runbook(Alert alert);

  /** Returns an expression that holds for services that were known in the last hours; empty where it need not be asked. */
  String known();

  /** Returns rules that others read numbers from. */
  List<Rule> numbers();

  /** Returns what burns budgets. */
  List<BurnSubject> requests();

  /** Returns what burns the budget of availability. */
  BurnSubject availability();

  /** Returns the alerts on latencies far over their targets. */
  List<SlowSubject> slowness();

  /** Returns the condition under which a resource is too full. */
  Sourced saturation();

  /** Returns the condition under which the newest backup is too old, given the series of its age. */
  Sourced backup(String age);

  /** Returns the condition under which an instance is unready for too long, given the series of that time. */
  Sourced recovery(String unready);

  /**
   * A condition with the reason of its number.
   *
   * @param expression PromQL
   * @param why for a comment
   */
  record Sourced(String expression, String why) {}

  /**
   * An objective whose budget burns, or several whose numbers are read from series.
   *
   * @param labels added to its alerts
   * @param matchers find its recorded series
   * @param latency whether it is one of latency
   * @param budget share of bad events that is allowed
   * @param tiers those that can fire
   */
  record BurnSubject(
      Map<String, String> labels,
      String[] matchers,
      boolean latency,
      String budget,
      List<BurnCondition> tiers) {}

  /**
   * A tier of a burn-rate alert in PromQL.
   *
   * @param name the tier's
   * @param threshold share of bad events
   * @param lasts whether it must have burnt a while ago, too
   * @param guard a condition for the tier to count at all; empty if none
   * @param why for a comment
   */
  record BurnCondition(
      String name,
      String severity,
      Duration longWindow,
      Duration shortWindow,
      Duration sustained,
      String threshold,
      double minimum,
      boolean lasts,
      String guard,
      String why) {}

  /**
   * Objectives whose latencies may be far over their targets.
   *
   * @param labels added to the alert
   * @param matchers find its recorded series
   * @param threshold share of requests
   * @param guard a condition for it to count at all; empty if none
   */
  record SlowSubject(
      boolean pages,
      Map<String, String> labels,
      String[] matchers,
      Duration window,
      Duration sustained,
      String threshold,
      String guard,
      double minimum,
      String why) {}
}
