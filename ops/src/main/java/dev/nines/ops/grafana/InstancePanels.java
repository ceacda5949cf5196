package dev.nines.ops.grafana;

import static dev.nines.ops.grafana.Panel.RATE;
import static dev.nines.ops.grafana.Panel.THIRD;
import static dev.nines.ops.grafana.Query.course;
import static dev.nines.ops.grafana.Query.table;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.PromQl;
import dev.nines.ops.grafana.Panel.Column;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a service leans on, and how its instances do. */
record InstancePanels(Blueprint blueprint) {

  Panel calls() {
    return Panel.graph(
        "Calls by outcome",
        "reqps",
        THIRD,
        "Guarded calls to each dependency.",
        course(
            "sum by (dependency, outcome) (rate(" + blueprint.series(Metrics.CALLS) + RATE + "))",
            "{{dependency}} {{outcome}}"));
  }

  Panel callLatency() {
    return Panel.graph(
        "p99 of calls",
        "s",
        THIRD,
        "Their deadlines follow from what the service promises: " + deadlines(),
        course(
            "histogram_quantile(0.99, sum by (dependency, le) (rate("
                + blueprint.series(Metrics.CALL_DURATION.name() + "_bucket") + RATE + ")))",
            "{{dependency}}"));
  }

  private String deadlines() {
    StringBuilder text = new StringBuilder();
    blueprint.settings().dependencies().values().forEach(dependency -> text.append(
            text.isEmpty() ? "" : ", ")
        .append(dependency.name())
        .append(' ')
        .append(Durations.format(dependency.deadline())));
    return text.isEmpty() ? "none is declared in the file." : text + ".";
  }

  Panel breakers() {
    return Panel.states(
        "Breakers",
        THIRD,
        "The worst instance of each dependency.",
        Map.of("0", "closed green", "1", "half-open yellow", "2", "open red"),
        course(breaker("open") + " * 2 + " + breaker("half_open"), "{{dependency}}"));
  }

  private String breaker(String state) {
    return "max by (dependency) ("
        + blueprint.series(Metrics.BREAKER_STATE, PromQl.equal("state", state)) + ")";
  }

  Panel readiness() {
    return Panel.states(
        "Readiness",
        THIRD,
        "Each instance.",
        Map.of("0", "unready red", "1", "ready green"),
        course("max by (instance) (" + here(Metrics.READY) + ")", "{{instance}}"));
  }

  Panel checks() {
    return Panel.states(
        "Checks",
        THIRD,
        "Whether a check fails on any instance.",
        Map.of("0", "passes green", "1", "fails red"),
        course(
            "max by (check) (" + here(Metrics.CHECK_STATUS, "state=\"unhealthy\"") + ")",
            "{{check}}"));
  }

  Panel inFlight() {
    return Panel.graph(
        "Requests in flight",
        "none",
        THIRD,
        "By instance.",
        course("sum by (instance) (" + here(Metrics.SERVER_ACTIVE) + ")", "{{instance}}"));
  }

  Panel recovery() {
    return Panel.table(
        "Recovery",
        THIRD,
        "What is promised, and the longest that an instance took since its start.",
        List.of(new Column("seconds", "s")),
        table("max by (target) (" + blueprint.series(Metrics.RECOVERY_TARGET)
            + ") or label_replace(max(" + blueprint.series(Metrics.DETECTION_MAX)
            + "), \"target\", \"longest detection\", \"\", \"\") or label_replace(max("
            + blueprint.series(Metrics.RECOVERY_MAX)
            + "), \"target\", \"longest recovery\", \"\", \"\")"));
  }

  Panel restarts() {
    return Panel.graph(
        "Starts",
        "none",
        THIRD,
        "Starts of each instance within an hour.",
        course(
            "sum by (instance) (changes(" + here(Metrics.PROCESS_START) + "[1h]))",
            "{{instance}}"));
  }

  Panel dropped() {
    return Panel.graph(
        "Telemetry lost",
        "none",
        THIRD,
        "Spans, log events and measurements lost within an hour.",
        course(
            "sum by (signal) (increase(" + here(Metrics.TELEMETRY_DROPPED) + "[1h]))",
            "{{signal}}"));
  }

  private String here(Metric metric, String... matchers) {
    List<String> all = new ArrayList<>(List.of(matchers));
    all.add("instance=~\"$instance\"");
    return blueprint.series(metric, all.toArray(String[]::new));
  }
}
