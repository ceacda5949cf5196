package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Puts together what a watch saw. */
final class ReportWriter {

  private static final String LATENCY = "latency_p";

  private final Plan plan;
  private final Watching watching;
  private final List<Health> smoke;
  private final List<BudgetLeft> budgets;
  private final Incidents incidents;

  ReportWriter(
      Plan plan,
      Watching watching,
      List<Health> smoke,
      List<BudgetLeft> budgets,
      Incidents incidents) {
    this.plan = plan;
    this.watching = watching;
    this.smoke = smoke;
    this.budgets = budgets;
    this.incidents = incidents;
  }

  DeploymentReport report(
      DeploymentStatus status, Conclusion conclusion, Rollback rollback, TimeSource time) {
    return new DeploymentReport(
        status,
        plan.environment().or(this::environment).orElse(null),
        plan.version().or(watching.fleet()::version).orElse(null),
        seconds(time.now()),
        plan.pipeline().orElse(null),
        healthChecks(),
        metrics(),
        budgets.stream().map(ReportWriter::budget).toList(),
        plan(rollback),
        incidents.all().stream()
            .map(incident ->
                new DeploymentReport.IncidentEntry(seconds(incident.time()), incident.what()))
            .toList(),
        NextSteps.of(plan, status, conclusion, rollback, budgets));
  }

  private static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private Optional<String> environment() {
    return watching.fleet().judged().map(InstanceLook::environment).findFirst();
  }

  private List<DeploymentReport.HealthCheck> healthChecks() {
    List<DeploymentReport.HealthCheck> checks = new ArrayList<>();
    smoke.forEach(health -> checks.add(healthCheck(health)));
    watching.fleet().judged().forEach(instance -> checks.add(healthCheck(instance.health())));
    watching
        .fleet()
        .missing()
        .forEach((name, why) ->
            checks.add(new DeploymentReport.HealthCheck(name, "missing: " + why, null)));
    return checks;
  }

  private static DeploymentReport.HealthCheck healthCheck(Health health) {
    return new DeploymentReport.HealthCheck(
        health.endpoint(), health.status(), health.seconds().map(Shown::rounded).orElse(null));
  }

  private Map<String, DeploymentReport.MetricChange> metrics() {
    Measured before = watching.before();
    Measured after = watching.fleet().candidates().measured();
    Map<String, DeploymentReport.MetricChange> metrics = new LinkedHashMap<>();
    for (Comparison comparison : watching.comparisons()) {
      String name = comparison.objective().name();
      metrics.put(
          metricName(comparison),
          comparison.whole() && name.startsWith(LATENCY)
              ? change(duration(before, name), duration(after, name), significance(comparison))
              : change(
                  share(comparison.before()), share(comparison.after()), significance(comparison)));
    }
    metrics.put("throughput", throughput(before, after));
    after.saturation().keySet().stream()
        .sorted()
        .forEach(resource -> metrics.put(
            "saturation_" + resource,
            change(before.saturation().get(resource), after.saturation().get(resource), null)));
    return metrics;
  }

  private static String metricName(Comparison comparison) {
    String objective = comparison.objective().name();
    String name = objective.equals(Objective.ERRORS)
        ? "error_rate"
        : comparison.whole() ? objective : "share_over_" + objective;
    return comparison.whole() ? name : name + " of " + comparison.objective().routeClass();
  }

  private static @Nullable Double share(Tally tally) {
    return tally.total() > 0 ? tally.share() : null;
  }

  private static @Nullable Double significance(Comparison comparison) {
    return comparison.after().total() > 0 ? comparison.significance() : null;
  }

  private static @Nullable Double duration(Measured measured, String objective) {
    String digits = objective.substring(LATENCY.length()).replace('_', '.');
    OptionalDouble seconds = measured
        .counters()
        .durations()
        .quantile(new BigDecimal(digits).movePointLeft(2).doubleValue());
    return seconds.isPresent() ? seconds.getAsDouble() : null;
  }

  private static DeploymentReport.MetricChange throughput(Measured before, Measured after) {
    return change(
        before.seconds() > 0 ? before.throughput() : null,
        after.seconds() > 0 ? after.throughput() : null,
        rank(before.throughputs(), after.throughput()));
  }

  /** As if the stretches before and this one had come in any order: how many are as far from the middle, at most. */
  private static @Nullable Double rank(List<Double> before, double after) {
    if (before.isEmpty()) {
      return null;
    }
    long above = before.stream().filter(one -> one >= after).count() + 1;
    long below = before.stream().filter(one -> one <= after).count() + 1;
    return Math.min(1, 2.0 * Math.min(above, below) / (before.size() + 1));
  }

  private static DeploymentReport.MetricChange change(
      @Nullable Double before, @Nullable Double after, @Nullable Double significance) {
    Double change =
        before != null && after != null && before > 0 ? (Double) ((after - before) / before) : null;
    return new DeploymentReport.MetricChange(
        rounded(before), rounded(after), rounded(change), rounded(significance));
  }

  private static @Nullable BigDecimal rounded(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : Shown.rounded(value);
  }

  private static DeploymentReport.Budget budget(BudgetLeft budget) {
    return new DeploymentReport.Budget(
        budget.objective(),
        budget.routeClass(),
        Shown.rounded(budget.left()),
        Shown.rounded(budget.coverage()));
  }

  private static DeploymentReport.RollbackPlan plan(Rollback rollback) {
    return new DeploymentReport.RollbackPlan(
        rollback.given(),
        rollback.outcome(),
        rollback.took().map(Shown::seconds).map(Shown::rounded).orElse(null),
        Shown.rounded(Shown.seconds(rollback.target())),
        rollback.ran() ? (Boolean) rollback.withinTarget() : null,
        rollback.gone().orElse(null));
  }
}
