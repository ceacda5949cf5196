package dev.nines.derive;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.time.Duration;

/** Explains what guards the calls to one dependency. */
final class BreakerRows {

  private static final int STEPS_SHOWN = 3;

  private final Rows rows;
  private final ReliabilityTargets service;
  private final DependencySettings settings;
  private final DependencyTargets declared;
  private final String subject;
  private final Duration detection;
  private final LatencyTarget promise;

  private BreakerRows(Rows rows, ReliabilityTargets service, DependencySettings settings) {
    this.rows = rows;
    this.service = service;
    this.settings = settings;
    this.declared = settings.targets();
    this.subject = "breaker." + settings.name() + ".";
    this.detection = service.recovery().detection();
    this.promise = service.latency().governing();
  }

  static void explain(Rows rows, ReliabilityTargets service, DependencySettings settings) {
    BreakerRows explained = new BreakerRows(rows, service, settings);
    explained.limits();
    explained.thresholds();
    explained.evidence();
    explained.thinTraffic();
    explained.waits();
    explained.retries();
    explained.bulkhead();
  }

  private void limits() {
    rows.add(
        subject + "slowCallThreshold",
        settings.slowCallThreshold(),
        promise.label() + " × latencyShare, at most the deadline",
        Sources.OURS,
        "latency." + promise.label(),
        promise.threshold(),
        "latencyShare",
        declared.latencyShare());
    if (declared.deadline().isPresent()) {
      rows.add(subject + "deadline", settings.deadline(), "as declared", Sources.OURS);
    } else {
      rows.add(
          subject + "deadline",
          settings.deadline(),
          (declared.required() ? "2 × " : "") + promise.label()
              + " × latencyShare, at least 100ms; capped by what remains of the caller's own",
          Sources.OURS,
          "latency." + promise.label(),
          promise.threshold(),
          "latencyShare",
          declared.latencyShare(),
          "required",
          declared.required());
    }
    rows.add(
        subject + "latencyBounds",
        Rows.text(settings.latencyBounds()),
        "slowCallThreshold and deadline, then ½, 2, ¼ and 4 × each, then the advised bounds, as far"
            + " as they are at least a factor of 2 apart",
        Sources.HTTP_METRICS,
        "slowCallThreshold",
        settings.slowCallThreshold(),
        "deadline",
        settings.deadline());
  }

  private void thresholds() {
    BigDecimal errorRate = BreakerRules.errorRate(service, declared);
    if (declared.failureRateThreshold().isPresent()) {
      rows.add(
          subject + "failureRateThreshold",
          settings.failureRateThreshold(),
          "as declared",
          Sources.OURS);
    } else if (declared.required()) {
      rows.add(
          subject + "failureRateThreshold",
          settings.failureRateThreshold(),
          "50%: nothing takes its place, so opening only protects and does not serve",
          Sources.RESILIENCE4J,
          "required",
          true);
    } else {
      rows.add(
          subject + "failureRateThreshold",
          settings.failureRateThreshold(),
          "14.4 × errorRate, at least 20%, at most 50%: there is a fallback",
          Sources.SRE_WORKBOOK,
          "errorRate",
          errorRate,
          "required",
          false);
    }
    rows.add(
        subject + "slowRateThreshold",
        settings.slowRateThreshold(),
        "failureRateThreshold",
        Sources.OURS,
        "failureRateThreshold",
        settings.failureRateThreshold());
  }

  private void evidence() {
    BigDecimal errorRate = BreakerRules.errorRate(service, declared);
    BigDecimal slowRate = BreakerRules.slowRate(service);
    evidence("failureEvidence", settings.failureEvidence(), "errorRate", errorRate);
    evidence("slowEvidence", settings.slowEvidence(), "slowRate", slowRate);
    rows.add(
        subject + "minimumCalls",
        settings.minimumCalls(),
        "smallest n from which ⌈threshold × n⌉ ≥ 5 and P[Binomial(n, e) ≥ ⌈threshold × n⌉] ≤ 1e-8"
            + " hold for every larger n, for failures and for slow calls",
        Sources.BINOMIAL,
        "threshold",
        settings.failureRateThreshold(),
        "errorRate",
        errorRate,
        "slowRate",
        slowRate);
    rows.add(
        subject + "window",
        settings.window(),
        "detection ÷ " + toOpen() + " ÷ threshold, so that total failure reaches it in detection ÷ "
            + toOpen() + "; in whole seconds, at most detection ÷ 3, at least 2s",
        Sources.OURS,
        "detection",
        detection,
        "threshold",
        settings.failureRateThreshold());
    rows.add(
        subject + "evidenceWindow",
        settings.evidenceWindow(),
        "detection",
        Sources.OURS,
        "detection",
        detection);
  }

  private BigDecimal toOpen() {
    return declared.required() ? BreakerRules.TO_OPEN_REQUIRED : BreakerRules.TO_OPEN_OPTIONAL;
  }

  private void evidence(String name, Evidence evidence, String rateName, BigDecimal rate) {
    rows.add(
        subject + name,
        steps(evidence),
        "k of n calls within the evidence window with k ≥ 5, k ÷ n ≥ threshold and"
            + " P[Binomial(n, e) ≥ k] ≤ 1e-8, in at least two different seconds",
        Sources.BINOMIAL,
        "threshold",
        settings.failureRateThreshold(),
        rateName,
        rate);
  }

  /** Writes the table's first steps: {@code 5 of 5-25, …, from 36 on 20%}. */
  private String steps(Evidence evidence) {
    StringBuilder text = new StringBuilder();
    int calls = EvidenceTable.LEAST_BAD;
    for (int step = 0; step < STEPS_SHOWN && calls < evidence.minimumCalls(); step++) {
      int bad = leastBad(evidence, calls);
      int last = calls;
      while (last + 1 < evidence.minimumCalls() && evidence.convincing(bad, last + 1)) {
        last++;
      }
      text.append(bad).append(" of ").append(calls);
      text.append(last > calls ? "-" + last : "").append(", ");
      calls = last + 1;
    }
    text.append(calls < evidence.minimumCalls() ? "…, " : "");
    return text + "from " + evidence.minimumCalls() + " on "
        + Rows.text(settings.failureRateThreshold());
  }

  private static int leastBad(Evidence evidence, int calls) {
    int bad = EvidenceTable.LEAST_BAD;
    while (bad < calls && !evidence.convincing(bad, calls)) {
      bad++;
    }
    return bad;
  }

  private void thinTraffic() {
    rows.add(
        subject + "thinTraffic",
        "under " + EvidenceTable.LEAST_BAD + " calls per " + Rows.text(detection)
            + " no breaker decision",
        "k ≥ 5 cannot hold; the deadline of " + Rows.text(settings.deadline())
            + " and the health check protect",
        Sources.OURS,
        "detection",
        detection);
  }

  private void waits() {
    rows.add(
        subject + "openWait",
        Rows.text(settings.openWait()) + ", doubling to " + Rows.text(settings.openWaitMost())
            + ", ± 50%",
        "detection ÷ 3, at most 30s; doubles each time it reopens, so that with ten trial calls at"
            + " one a second it is back 60s after its dependency; jitter, so that instances which"
            + " opened together do not probe together",
        Sources.RESILIENCE4J,
        "detection",
        detection);
    rows.add(
        subject + "halfOpen",
        settings.halfOpenCalls() + " calls or " + Rows.text(settings.halfOpenTime()),
        "closes after 10 results, or after max(openWait, 10s) with at least one success and no bad"
            + " call; see halfOpenTolerated",
        Sources.RESILIENCE4J,
        "openWait",
        settings.openWait());
    rows.add(
        subject + "halfOpenTolerated",
        settings.halfOpenTolerated() + " bad of " + settings.halfOpenCalls(),
        "smallest a ≥ 1 with P[Binomial(10, errorRate + slowRate) > a] ≤ 2%; one more reopens",
        Sources.BINOMIAL,
        "errorRate",
        BreakerRules.errorRate(service, declared),
        "slowRate",
        BreakerRules.slowRate(service));
  }

  private void retries() {
    RetryRules retry = settings.retry();
    rows.add(
        subject + "retries",
        (declared.idempotent() ? "every call" : "calls through Guard.idempotent()") + ", up to "
            + (retry.attempts() - 1) + " times",
        "only what is declared idempotent, while the breaker is closed and the error budget does not"
            + " burn at page rate",
        Sources.OVERLOAD,
        "idempotent",
        declared.idempotent());
    rows.add(
        subject + "attemptTimeout",
        retry.attemptTimeout(),
        "slowCallThreshold, at least 100ms, at most the deadline; the whole deadline where no other"
            + " attempt may follow",
        Sources.OURS,
        "slowCallThreshold",
        settings.slowCallThreshold(),
        "deadline",
        settings.deadline());
    rows.add(
        subject + "retryBackoff",
        "0 to " + Rows.text(retry.backoff()) + ", doubling",
        "deadline ÷ 10, 10ms to 1s; full jitter; Retry-After before it",
        Sources.BACKOFF,
        "deadline",
        settings.deadline());
    rows.add(
        subject + "retryBudget",
        Rows.text(retry.extraLoad()) + " of the calls of " + Rows.text(retry.window()),
        "10% more load on the dependency at most, over detection",
        Sources.OVERLOAD,
        "detection",
        detection);
  }

  private void bulkhead() {
    String formula = "traffic.peak × " + promise.label()
        + " × latencyShare × 2, rounded up; at least n with P[Poisson(average) > n] ≤ 1e-6";
    if (settings.bulkhead().isPresent()) {
      rows.add(
          subject + "bulkhead",
          settings.bulkhead().getAsInt() + " calls at a time",
          formula,
          Sources.LITTLE,
          "traffic.peak",
          service.peakRequestsPerSecond().orElseThrow().toPlainString() + "/s",
          "latency." + promise.label(),
          promise.threshold(),
          "latencyShare",
          declared.latencyShare());
    } else {
      rows.add(
          subject + "bulkhead",
          "none, since no traffic.peak is declared",
          formula,
          Sources.LITTLE,
          "traffic.peak",
          "not declared");
    }
  }
}
