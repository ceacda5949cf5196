package dev.nines.derive;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Everything that guards calls to one dependency, derived from the targets.
 *
 * @param targets what was declared of it
 * @param slowCallThreshold from which a call counts as slow: p99 × latencyShare
 * @param deadline longest time that one call may take
 * @param failureRateThreshold share of failed calls in the window that opens the breaker
 * @param slowRateThreshold share of slow calls in the window that opens the breaker
 * @param failureEvidence how many failures among how many calls are no chance
 * @param slowEvidence how many slow calls among how many are no chance
 * @param window over which the plain threshold decides
 * @param evidenceWindow over which the evidence table decides thin traffic: the detection target
 * @param openWait first wait in OPEN, before jitter
 * @param openWaitMost longest wait in OPEN, before jitter
 * @param openWaitJitter share by which a wait may be shorter or longer: 0.5
 * @param halfOpenCalls calls that HALF_OPEN permits
 * @param halfOpenTolerated bad calls with which HALF_OPEN still closes; one more reopens at once
 * @param halfOpenTime time after which HALF_OPEN closes with at least one success and no failure
 * @param retry how calls are repeated that are declared idempotent
 * @param bulkhead calls at a time, if a peak of traffic is declared
 * @param latencyBounds histogram bounds of the client's metrics
 */
public record DependencySettings(
    DependencyTargets targets,
    Duration slowCallThreshold,
    Duration deadline,
    BigDecimal failureRateThreshold,
    BigDecimal slowRateThreshold,
    Evidence failureEvidence,
    Evidence slowEvidence,
    Duration window,
    Duration evidenceWindow,
    Duration openWait,
    Duration openWaitMost,
    double openWaitJitter,
    int halfOpenCalls,
    int halfOpenTolerated,
    Duration halfOpenTime,
    RetryRules retry,
    OptionalInt bulkhead,
    List<Duration> latencyBounds) {

  /** Derives what guards calls to one dependency of a service. */
  static DependencySettings derive(ReliabilityTargets service, DependencyTargets dependency) {
    Duration detection = service.recovery().detection();
    Duration slow = BreakerRules.slowCallThreshold(service, dependency);
    Duration deadline = BreakerRules.deadline(service, dependency);
    BigDecimal threshold = BreakerRules.failureRateThreshold(service, dependency);
    Duration openWait = BreakerRules.openWait(detection);
    return new DependencySettings(
        dependency,
        slow,
        deadline,
        threshold,
        threshold,
        EvidenceTable.of(threshold, BreakerRules.errorRate(service, dependency)),
        EvidenceTable.of(threshold, BreakerRules.slowRate(service)),
        BreakerRules.window(service, dependency),
        detection,
        openWait,
        BreakerRules.LONGEST_WAIT,
        BreakerRules.WAIT_JITTER,
        BreakerRules.HALF_OPEN_CALLS,
        BreakerRules.halfOpenTolerated(service, dependency),
        BreakerRules.halfOpenTime(openWait),
        RetryRules.derive(slow, deadline, detection),
        BreakerRules.bulkhead(service, dependency),
        LatencyBounds.around(List.of(slow, deadline)));
  }

  /** Returns the dependency's name. */
  public String name() {
    return targets.name();
  }

  /** Returns the calls that a window must hold before the thresholds alone decide. */
  public int minimumCalls() {
    return Math.max(failureEvidence.minimumCalls(), slowEvidence.minimumCalls());
  }
}
