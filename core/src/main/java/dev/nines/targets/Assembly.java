package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes targets of a draft: what it does not say keeps the value of {@link ReliabilityTargets#threeNines()}. */
final class Assembly {

  private static final String TARGETS = "targets";

  private final Draft draft;
  private final Problems problems;
  private final ReliabilityTargets preset = ReliabilityTargets.threeNines();
  private final ReliabilityTargetsBuilder builder = ReliabilityTargets.builder();

  private Assembly(Draft draft, Problems problems) {
    this.draft = draft;
    this.problems = problems;
  }

  /**
   * Returns the targets.
   *
   * @throws InvalidTargetsException with all that is wrong, one problem a line
   */
  static ReliabilityTargets assemble(Draft draft, Problems problems) {
    Assembly assembly = new Assembly(draft, problems);
    assembly.values();
    assembly.located(TARGETS, assembly::latency);
    assembly.located(TARGETS, assembly::saturation);
    assembly.located(TARGETS, assembly::recovery);
    assembly.located("", assembly::lifecycle);
    assembly.located("", assembly::traces);
    draft
        .names("routes")
        .forEach(name -> assembly.located("routes." + name, () -> assembly.route(name)));
    draft
        .names("dependencies")
        .forEach(name -> assembly.located("dependencies." + name, () -> assembly.dependency(name)));
    problems.throwIfAny();
    List<ReliabilityTargets> built = new ArrayList<>();
    assembly.located(TARGETS, () -> built.add(assembly.builder.build()));
    problems.throwIfAny();
    return built.get(0);
  }

  private void values() {
    draft.get(String.class, Key.of("service")).ifPresent(builder::service);
    fraction(TARGETS, "availability").ifPresent(builder::availability);
    fraction(TARGETS, "errorRate").ifPresent(builder::errorRate);
    fraction(TARGETS, "durability").ifPresent(builder::durability);
    duration(TARGETS, "window").ifPresent(builder::window);
    fraction("traffic", "peak").ifPresent(builder::peakRequestsPerSecond);
  }

  private void latency() {
    latency(Key.of(TARGETS, "latency"))
        .ifPresent(declared -> builder.latency(preset.latency().overriddenBy(declared)));
  }

  private void saturation() {
    SaturationTargets from = preset.saturation();
    builder.saturation(new SaturationTargets(
        fraction(TARGETS, "saturation", "cpu").orElse(from.cpu()),
        fraction(TARGETS, "saturation", "memory").orElse(from.memory()),
        fraction(TARGETS, "saturation", "disk").orElse(from.disk())));
  }

  private void recovery() {
    RecoveryTargets from = preset.recovery();
    builder.recovery(new RecoveryTargets(
        duration(TARGETS, "recovery", "detection").orElse(from.detection()),
        duration(TARGETS, "recovery", "restore").orElse(from.restore()),
        duration(TARGETS, "recovery", "rollback").orElse(from.rollback()),
        duration(TARGETS, "recovery", "rto").orElse(from.rto()),
        duration(TARGETS, "recovery", "rpo").orElse(from.rpo())));
  }

  private void lifecycle() {
    LifecycleTimings from = preset.lifecycle();
    builder.lifecycle(new LifecycleTimings(
        duration("lifecycle", "start").orElse(from.start()),
        duration("lifecycle", "preStop").orElse(from.preStop()),
        duration("lifecycle", "drain").orElse(from.drain()),
        duration("lifecycle", "grace").orElse(from.grace())));
  }

  private void traces() {
    TraceRules from = preset.traces();
    builder.traces(new TraceRules(
        draft.get(TraceRules.Trust.class, Key.of("traces", "trust")).orElse(from.trust()),
        fraction("traces", "keepBroken").orElse(from.keepBroken()),
        truth("traces", "traceResponse").orElse(from.traceResponse()),
        truth("traces", "requestId").orElse(from.requestId())));
  }

  private void route(String name) {
    Key key = Key.of("routes", name);
    builder.route(new RouteTargets(
        name, fraction("routes", name, "errorRate"), latency(key.child("latency"))));
  }

  private void dependency(String name) {
    boolean required =
        draft.get(Boolean.class, Key.of("dependencies", name, "required")).orElse(true);
    builder.dependency(new DependencyTargets(
        name,
        required,
        fraction("dependencies", name, "availability"),
        fraction("dependencies", name, "latencyShare"),
        draft.get(DependencyTargets.OnFailure.class, Key.of("dependencies", name, "onFailure")),
        fraction("dependencies", name, "errorRate"),
        fraction("dependencies", name, "failureRateThreshold"),
        duration("dependencies", name, "deadline"),
        draft.get(Boolean.class, Key.of("dependencies", name, "idempotent"))));
  }

  private Optional<LatencyTargets> latency(Key key) {
    List<LatencyTarget> targets = new ArrayList<>();
    for (String quantile : draft.under(key)) {
      BigDecimal fraction = new BigDecimal(quantile.substring(1)).movePointLeft(2);
      draft
          .get(Duration.class, key.child(quantile))
          .ifPresent(d -> targets.add(new LatencyTarget(fraction, d)));
    }
    return targets.isEmpty() ? Optional.empty() : Optional.of(new LatencyTargets(targets));
  }

  private Optional<BigDecimal> fraction(String... segments) {
    return draft.get(BigDecimal.class, Key.of(segments));
  }

  private Optional<Boolean> truth(String... segments) {
    return draft.get(Boolean.class, Key.of(segments));
  }

  private Optional<Duration> duration(String... segments) {
    return draft.get(Duration.class, Key.of(segments));
  }

  /** Runs a step; what its values refuse is kept with the place where it was declared. */
  private void located(String context, Runnable step) {
    try {
      step.run();
    } catch (InvalidTargetsException e) {
      e.getMessage().lines().forEach(line -> problems.add(draft.located(context, line)));
    }
  }
}
