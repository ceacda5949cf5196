package dev.nines.derive;

import dev.nines.targets.DependencyTargets;
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
 * @param window resilience4j's own time-based window
 * @param evidenceWindow over which the evidence table decides thin traffic: the detection target
 * @param openWait first wait in OPEN, before jitter
 * @param openWaitMost longest wait in OPEN, before jitter
 * @param openWaitJitter share by which a wait may be shorter or longer: 0.5
 * @param halfOpenCalls calls that HALF_OPEN permits
 * @param halfOpenTime time after which HALF_OPEN closes with at least one success and no failure
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
    Duration halfOpenTime,
    OptionalInt bulkhead,
    List<Duration> latencyBounds) {

  /** Returns the dependency's name. */
  public String name() {
    return targets.name();
  }

  /** Returns the calls that resilience4j's window must hold before its thresholds decide. */
  public int minimumCalls() {
    return Math.max(failureEvidence.minimumCalls(), slowEvidence.minimumCalls());
  }
}
