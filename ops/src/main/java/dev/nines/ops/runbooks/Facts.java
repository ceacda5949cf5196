package dev.nines.ops.runbooks;

import dev.nines.derive.DependencySettings;
import dev.nines.derive.SaturationRules;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.PromQl;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.Ratios;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runbooks say of a service. A name stands for a fact, {@code restore}; for the series of a metric of the catalogue,
 * {@code nines_check_status|state="unhealthy"}; or for a derived number with its formula, {@code why:checks.interval}.
 */
final class Facts {

  private static final Set<String> CATALOGUE =
      Metrics.all().stream().flatMap(Facts::names).collect(Collectors.toUnmodifiableSet());

  private final Blueprint blueprint;
  private final Map<String, String> facts = new HashMap<>();

  Facts(Blueprint blueprint) {
    this.blueprint = blueprint;
    facts.put("service", blueprint.service());
    facts.put("name", DnsLabel.of(blueprint.service()));
    facts.put("port", String.valueOf(blueprint.ports().service()));
    facts.put("admin", String.valueOf(blueprint.ports().admin()));
    facts.put("dashboard", "<" + blueprint.links().dashboard(blueprint.service()) + ">");
    facts.put("dependencies", dependencies());
    promises(blueprint.targets());
    recovery(blueprint.targets().recovery());
    lifecycle(blueprint.targets().lifecycle());
    queries();
  }

  /** @throws IllegalStateException if the name stands for nothing, such as a metric that was renamed */
  String get(String name) {
    String[] parts = name.split("\\|", 2);
    String matchers = parts.length == 2 ? matchers(parts[1]) : "";
    if (name.startsWith("why:")) {
      return blueprint.why(name.substring("why:".length()));
    }
    if (CATALOGUE.contains(parts[0])) {
      return series(parts[0], matchers);
    }
    return switch (parts[0]) {
      case "http_count" -> series(blueprint.naming().duration() + "_count", matchers);
      case "http_bucket" -> series(blueprint.naming().duration() + "_bucket", matchers);
      default -> fact(name);
    };
  }

  private String fact(String name) {
    String fact = facts.get(name);
    if (fact == null) {
      throw new IllegalStateException("A runbook speaks of " + name + ", which nobody knows");
    }
    return fact;
  }

  private String series(String name, String matchers) {
    return PromQl.series(name, blueprint.selector(), matchers);
  }

  private String matchers(String text) {
    return switch (text) {
      case "well" -> blueprint.naming().well();
      case "failed" -> blueprint.naming().failed();
      default -> text;
    };
  }

  private void promises(ReliabilityTargets targets) {
    facts.put("availability", Ratios.format(targets.availability()));
    facts.put("errorRate", Ratios.format(targets.errorRate()));
    facts.put("durability", Ratios.format(targets.durability()));
    facts.put("window", Durations.format(targets.window()));
    facts.put("downtime", Durations.format(targets.allowedDowntime(targets.window())));
    facts.put("cpu", Ratios.format(targets.saturation().cpu()));
    facts.put("memory", Ratios.format(targets.saturation().memory()));
    facts.put("disk", Ratios.format(targets.saturation().disk()));
    facts.put(
        "fullDisk", Ratios.format(SaturationRules.fullDisk(targets.saturation().disk())));
    facts.put(
        "peak",
        targets.peakRequestsPerSecond().map(peak -> peak.toPlainString() + "/s").orElse("none"));
    facts.put("latencies", latencies(targets));
  }

  private static String latencies(ReliabilityTargets targets) {
    return Stream.concat(
            Stream.of(of(targets.latency())),
            targets.routes().keySet().stream()
                .map(route -> "for `" + route + "` " + of(targets.latency(route))))
        .collect(Collectors.joining("; "));
  }

  private static String of(LatencyTargets latency) {
    return latency.targets().stream()
        .map(target -> target.label() + " " + Durations.format(target.threshold()))
        .collect(Collectors.joining(", "));
  }

  private void recovery(RecoveryTargets recovery) {
    facts.put("detection", Durations.format(recovery.detection()));
    facts.put("restore", Durations.format(recovery.restore()));
    facts.put("rollback", Durations.format(recovery.rollback()));
    facts.put("rto", Durations.format(recovery.rto()));
    facts.put("rpo", Durations.format(recovery.rpo()));
  }

  private void lifecycle(LifecycleTimings lifecycle) {
    facts.put("start", Durations.format(lifecycle.start()));
    facts.put("preStop", Durations.format(lifecycle.preStop()));
    facts.put("drain", Durations.format(lifecycle.drain()));
    facts.put("grace", Durations.format(lifecycle.grace()));
  }

  private void queries() {
    facts.put("http_route", blueprint.naming().route());
    facts.put("up", blueprint.series("up"));
    facts.put("everything", "{" + blueprint.selector() + "}");
    facts.put(
        "alerts",
        PromQl.series(
            "ALERTS", "alertstate=\"firing\"", PromQl.equal("service", blueprint.service())));
  }

  private String dependencies() {
    if (blueprint.settings().dependencies().isEmpty()) {
      return "- none in reliability.yaml; those that the code declares are on the dashboard.";
    }
    return blueprint.settings().dependencies().values().stream()
        .map(Facts::dependency)
        .collect(Collectors.joining("\n"));
  }

  private static String dependency(DependencySettings dependency) {
    String effect = dependency.targets().onFailure() == OnFailure.UNREADY
        ? "without it no instance is ready"
        : "without it the service is degraded";
    return "- `" + dependency.name() + "`, "
        + (dependency.targets().required() ? "required" : "optional") + ": " + effect
        + "; slow from " + Durations.format(dependency.slowCallThreshold()) + ", a call is given up"
        + " after " + Durations.format(dependency.deadline());
  }

  private static Stream<String> names(Metric metric) {
    return metric.type() == Metric.Type.HISTOGRAM
        ? Stream.of("_bucket", "_count", "_sum").map(suffix -> metric.name() + suffix)
        : Stream.of(metric.name());
  }
}
