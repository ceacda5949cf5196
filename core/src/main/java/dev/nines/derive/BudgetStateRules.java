package dev.nines.derive;

import java.math.BigDecimal;

/**
 * When the error budget of an instance changes its state. It enters {@code elevated} with the first page tier of the
 * burn-rate alerts, so that a service reacts no later than people are called; what it leaves by lies lower, so that a rate
 * about the threshold doesn't make it flutter.
 *
 * @param calm part of a page tier's threshold under which {@code elevated} ends: a half
 * @param spent share of the window's budget from which it is {@code exhausted}: all of it
 * @param regained share of the window's budget under which {@code exhausted} ends: nine tenths
 * @param minimumBad bad requests in the window below which nothing is exhausted, as for the alerts
 */
public record BudgetStateRules(
    BigDecimal calm, BigDecimal spent, BigDecimal regained, int minimumBad) {

  static BudgetStateRules derive() {
    return new BudgetStateRules(
        new BigDecimal("0.5"), BigDecimal.ONE, new BigDecimal("0.9"), BurnTiers.MINIMUM_BAD);
  }

  static void explain(Rows rows, BudgetStateRules rules) {
    rows.add(
        "budget.state.elevated",
        "a page tier of this instance; until all are under " + Rows.text(rules.calm()) + " of it",
        "the tiers of alerts.* that page without being sustained; half of their threshold ends it",
        Sources.SRE_WORKBOOK,
        "minimum of bad requests",
        rules.minimumBad());
    rows.add(
        "budget.state.exhausted",
        Rows.text(rules.spent()) + " spent; until under " + Rows.text(rules.regained()),
        "burn rate over the window × the share of the window that was seen",
        Sources.SRE_WORKBOOK,
        "minimum of bad requests",
        rules.minimumBad());
  }
}
