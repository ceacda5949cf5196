package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds {@link ReliabilityTargets}; what is not set keeps its value. Not thread-safe. */
public final class ReliabilityTargetsBuilder {

  private Optional<String> service = Optional.empty();
  private BigDecimal availability = new BigDecimal("0.999");
  private BigDecimal errorRate = new BigDecimal("0.001");
  private LatencyTargets latency =
      LatencyTargets.of(Duration.ofMillis(200), Duration.ofMillis(500));
  private SaturationTargets saturation =
      new SaturationTargets(new BigDecimal("0.7"), new BigDecimal("0.8"), new BigDecimal("0.8"));
  private RecoveryTargets recovery = new RecoveryTargets(
      Duration.ofSeconds(30),
      Duration.ofMinutes(5),
      Duration.ofMinutes(5),
      Duration.ofHours(2),
      Duration.ofHours(24));
  private BigDecimal durability = new BigDecimal("0.99999999");
  private Duration window = Duration.ofDays(30);
  private LifecycleTimings lifecycle = new LifecycleTimings(
      Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));
  private Optional<BigDecimal> peakRequestsPerSecond = Optional.empty();
  private TraceRules traces = TraceRules.DEFAULT;
  private final Map<String, RouteTargets> routes = new LinkedHashMap<>();
  private final Map<String, DependencyTargets> dependencies = new LinkedHashMap<>();

  ReliabilityTargetsBuilder() {}

  ReliabilityTargetsBuilder(ReliabilityTargets from) {
    service = from.service();
    availability = from.availability();
    errorRate = from.errorRate();
    latency = from.latency();
    saturation = from.saturation();
    recovery = from.recovery();
    durability = from.durability();
    window = from.window();
    lifecycle = from.lifecycle();
    peakRequestsPerSecond = from.peakRequestsPerSecond();
    traces = from.traces();
    routes.putAll(from.routes());
    dependencies.putAll(from.dependencies());
  }

  /** The service's name. */
  public ReliabilityTargetsBuilder service(String name) {
    service = Optional.of(name);
    return this;
  }

  /** Share of time in which the service is ready, in (0, 1); default 0.999. */
  public ReliabilityTargetsBuilder availability(BigDecimal fraction) {
    availability = fraction;
    return this;
  }

  /** Share of valid requests that may fail, in (0, 0.2]; default 0.001. */
  public ReliabilityTargetsBuilder errorRate(BigDecimal fraction) {
    errorRate = fraction;
    return this;
  }

  /** Latency promises; default p95 200 ms, p99 500 ms. */
  public ReliabilityTargetsBuilder latency(LatencyTargets targets) {
    latency = targets;
    return this;
  }

  /** How full resources may be; default CPU 70 %, memory 80 %, disk 80 %. */
  public ReliabilityTargetsBuilder saturation(SaturationTargets targets) {
    saturation = targets;
    return this;
  }

  /** How soon failures are seen and mended; default detection 30 s, restore and rollback 5 min, RTO 2 h, RPO 24 h. */
  public ReliabilityTargetsBuilder recovery(RecoveryTargets targets) {
    recovery = targets;
    return this;
  }

  /** The detection target alone; default 30 s, at least 5 s. */
  public ReliabilityTargetsBuilder detection(Duration detection) {
    recovery = new RecoveryTargets(
        detection, recovery.restore(), recovery.rollback(), recovery.rto(), recovery.rpo());
    return this;
  }

  /** Share of stored objects that must survive, in (0, 1); default 0.99999999. */
  public ReliabilityTargetsBuilder durability(BigDecimal fraction) {
    durability = fraction;
    return this;
  }

  /** The rolling period over which budgets are counted; default 30 days. */
  public ReliabilityTargetsBuilder window(Duration period) {
    window = period;
    return this;
  }

  /** How long an instance may take to start and to stop; default start 2 min, preStop 5 s, drain 20 s, grace 30 s. */
  public ReliabilityTargetsBuilder lifecycle(LifecycleTimings timings) {
    lifecycle = timings;
    return this;
  }

  /** The expected peak of traffic in requests per second, from which bulkheads follow; none by default. */
  public ReliabilityTargetsBuilder peakRequestsPerSecond(BigDecimal rate) {
    peakRequestsPerSecond = Optional.of(rate);
    return this;
  }

  /** How traces are begun, kept and told of; default {@link TraceRules#DEFAULT}. */
  public ReliabilityTargetsBuilder traces(TraceRules rules) {
    traces = rules;
    return this;
  }

  /** Adds, or replaces, the promises of one route. */
  public ReliabilityTargetsBuilder route(RouteTargets route) {
    routes.put(route.route(), route);
    return this;
  }

  /**
   * Adds what is expected of one dependency. Laid over what was said of it before: what this declaration leaves open is
   * kept, so that code may say what it needs and a file the rest.
   */
  public ReliabilityTargetsBuilder dependency(DependencyTargets dependency) {
    dependencies.merge(dependency.name(), dependency, (said, saidNow) -> saidNow.over(said));
    return this;
  }

  /**
   * Returns the targets.
   *
   * @throws InvalidTargetsException if a value is out of its range, or two contradict each other
   */
  public ReliabilityTargets build() {
    return new ReliabilityTargets(
        service,
        availability,
        errorRate,
        latency,
        saturation,
        recovery,
        durability,
        window,
        lifecycle,
        peakRequestsPerSecond,
        traces,
        routes,
        dependencies);
  }
}
