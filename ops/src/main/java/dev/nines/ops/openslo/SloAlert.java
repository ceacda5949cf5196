package dev.nines.ops.openslo;

import dev.nines.derive.BurnTier;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.DnsLabel;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One tier of a burn-rate alert as a condition and the policy that says whom it tells.
 *
 * @param service name of the service in OpenSLO
 */
record SloAlert(String service, BurnTier tier) {

  /** Returns the SLO whose budget burns. */
  String slo() {
    return Slo.name(service, tier.routeClass(), tier.objective());
  }

  String name() {
    return slo() + "-" + DnsLabel.of(tier.name());
  }

  /** Returns whom alerts are told to: whoever alertmanager.yaml says. */
  static String targets() {
    return """
        apiVersion: openslo/v1
        kind: AlertNotificationTarget
        metadata:
          name: alertmanager
        spec:
          description: Whoever alertmanager/alertmanager.yaml names for the severity.
          target: alertmanager
        """;
  }

  String yaml(Blueprint blueprint) {
    String row = "alerts." + tier.routeClass() + "." + tier.objective() + "." + tier.name();
    return Comment.of("threshold: share of bad events ÷ budget; " + blueprint.why(row))
        + """
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata:
          name: %1$s
        spec:
          description: The budget of %2$s burns %3$s times as fast as it may over %4$s.
          severity: %5$s
          condition:
            kind: burnrate
            op: gte
            threshold: %3$s
            lookbackWindow: %4$s
            alertAfter: %6$s
        ---
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata:
          name: %1$s
        spec:
          alertWhenNoData: false
          alertWhenResolved: true
          alertWhenBreaching: true
          conditions:
            - conditionRef: %1$s
          notificationTargets:
            - targetRef: alertmanager
        """.formatted(
                name(),
                slo(),
                factor(blueprint).stripTrailingZeros().toPlainString(),
                Shorthand.of(tier.longWindow()),
                tier.severity(),
                Shorthand.of(tier.sustained()));
  }

  /** The threshold is a share; OpenSLO speaks of multiples of the budget. */
  private BigDecimal factor(Blueprint blueprint) {
    BigDecimal budget = tier.objective().equals("availability")
        ? BigDecimal.ONE.subtract(blueprint.targets().availability())
        : blueprint.targets().latency(tier.routeClass()).targets().stream()
            .filter(target -> target.objective().equals(tier.objective()))
            .map(target -> target.slowBudget())
            .findFirst()
            .orElseGet(() -> blueprint.targets().errorRate(tier.routeClass()));
    return tier.threshold().divide(budget, MathContext.DECIMAL32);
  }
}
