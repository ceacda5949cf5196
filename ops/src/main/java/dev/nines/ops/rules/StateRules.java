package dev.nines.ops.rules;

import dev.nines.ops.rules.Form.Sourced;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.List;

/** The alerts on what an instance says of itself: resources, dependencies, checks, upkeep, telemetry. */
record StateRules(Form form, Annotations annotations) {

  private static final Duration SHORT = Duration.ofMinutes(2);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofMinutes(15);
  private static final int MOST_RESTARTS = 3;
  private static final long WEEK = Duration.ofDays(7).toSeconds();
  private static final long MONTH = Duration.ofDays(30).toSeconds();
  private static final long ROTATION = Duration.ofDays(90).toSeconds();

  List<Rule> alerts() {
    return List.of(recovery(), restarts(), saturation(), breaker(), check(), certificateEnding());
  }

  List<Rule> slowAlerts() {
    return List.of(
        certificateExpiring(), backup(), secret(), dropped(), flapping(), seriesNearLimit());
  }

  private Rule recovery() {
    Sourced condition = form.recovery(form.raw(Metrics.UNREADY));
    return alert(
        Alert.RECOVERY_SLOW,
        condition.expression(),
        "{{ $labels.instance }} has been unready for {{ $value | humanizeDuration }}.",
        condition.why());
  }

  private Rule restarts() {
    String known = form.known().isEmpty() ? "" : "\nand " + form.on() + " " + form.known();
    return alert(
        Alert.RESTARTS,
        "changes(" + form.raw(Metrics.PROCESS_START) + "[1h]) > " + MOST_RESTARTS + known,
        "{{ $labels.instance }} has started {{ $value }} times within an hour.",
        "more than " + MOST_RESTARTS + " in an hour are no deployment");
  }

  private Rule saturation() {
    Sourced condition = form.saturation();
    return alert(
            Alert.SATURATION,
            condition.expression(),
            "{{ $labels.resource }} of {{ $labels.instance }} is {{ $value | humanizePercentage }}"
                + " full.",
            condition.why())
        .sustained(WINDOW)
        .kept(SHORT);
  }

  private Rule breaker() {
    return alert(
            Alert.BREAKER_OPEN,
            "max" + form.by("dependency") + "(max_over_time("
                + form.raw(Metrics.BREAKER_STATE, "state=\"open\"") + "[2m])) == 1",
            "Calls to {{ $labels.dependency }} are refused on at least one instance.",
            "open within the last two minutes, for two minutes: it tries again meanwhile")
        .sustained(SHORT);
  }

  private Rule check() {
    return alert(
            Alert.CHECK_FAILING,
            "max" + form.by("check") + "(" + form.raw(Metrics.CHECK_STATUS, "state=\"unhealthy\"")
                + ") == 1",
            "The check {{ $labels.check }} fails on at least one instance.",
            "")
        .sustained(WINDOW);
  }

  private Rule certificateEnding() {
    return alert(
        Alert.CERTIFICATE_ENDING,
        leftOfCertificate() + " < " + WEEK,
        "The certificate that {{ $labels.check }} watches ends in"
            + " {{ $value | humanizeDuration }}.",
        "7 days, when its check fails");
  }

  private Rule certificateExpiring() {
    return alert(
        Alert.CERTIFICATE_EXPIRING,
        "(" + leftOfCertificate() + " < " + MONTH + ") >= " + WEEK,
        "The certificate that {{ $labels.check }} watches ends in"
            + " {{ $value | humanizeDuration }}.",
        "30 days, when its check warns");
  }

  private Rule backup() {
    Sourced condition =
        form.backup("min" + form.by("check") + "(" + form.raw(Metrics.BACKUP_AGE) + ")");
    return alert(
            Alert.BACKUP_OLD,
            condition.expression(),
            "The newest good backup that {{ $labels.check }} knows of is"
                + " {{ $value | humanizeDuration }} old.",
            condition.why())
        .sustained(WINDOW);
  }

  private Rule secret() {
    return alert(
            Alert.SECRET_OLD,
            "max" + form.by("check") + "(" + form.raw(Metrics.SECRET_AGE) + ") > " + ROTATION,
            "The secret that {{ $labels.check }} watches is {{ $value | humanizeDuration }} old.",
            "90 days, the period of rotation that its check has by default")
        .sustained(WINDOW);
  }

  private Rule dropped() {
    return alert(
            Alert.TELEMETRY_DROPPED,
            "sum" + form.by("signal") + "(increase(" + form.raw(Metrics.TELEMETRY_DROPPED)
                + "[15m])) > 0",
            "{{ $value | humanize }} {{ $labels.signal }} were lost within 15 minutes.",
            "any, as long as it goes on for a quarter of an hour")
        .sustained(LONG);
  }

  private Rule flapping() {
    return alert(
            Alert.FLAPPING,
            "max" + form.by("check") + "(" + form.raw(Metrics.CHECK_FLAPPING) + ") == 1",
            "The check {{ $labels.check }} goes to and fro.",
            "")
        .sustained(WINDOW);
  }

  private Rule seriesNearLimit() {
    return alert(
            Alert.SERIES_NEAR_LIMIT,
            "max" + form.by() + "(" + form.raw(Metrics.SERIES) + " / "
                + form.raw(Metrics.SERIES_LIMIT) + ") > 0.8",
            "{{ $value | humanizePercentage }} of the series that an instance may expose are used.",
            "")
        .sustained(LONG);
  }

  private String leftOfCertificate() {
    Metric end = Metrics.CERTIFICATE_EXPIRY;
    return "min" + form.by("check") + "(" + form.raw(end) + ") - time()";
  }

  private Rule alert(Alert alert, String expression, String description, String why) {
    return Rule.alert(alert, expression, form.alertLabels(), why)
        .annotated(annotations.of(alert, description));
  }
}
