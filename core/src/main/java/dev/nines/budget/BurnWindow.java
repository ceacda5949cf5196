package dev.nines.budget;

import java.time.Duration;

/**
 * The windows over which burn rates are published, those of the alert tiers.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Google SRE Workbook, Alerting on SLOs</a>
 */
enum BurnWindow {
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),
  THIRTY_MINUTES("30m", Duration.ofMinutes(30)),
  ONE_HOUR("1h", Duration.ofHours(1)),
  SIX_HOURS("6h", Duration.ofHours(6)),
  ONE_DAY("1d", Duration.ofDays(1)),
  THREE_DAYS("3d", Duration.ofDays(3));

  final String label;
  final Duration length;

  BurnWindow(String label, Duration length) {
    this.label = label;
    this.length = length;
  }
}
