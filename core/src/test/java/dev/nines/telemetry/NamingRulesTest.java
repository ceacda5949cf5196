package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamingRulesTest {

  @ParameterizedTest
  @CsvSource({
    "orders_total, COUNTER, '', Orders., channel, ''",
    "orders, COUNTER, '', Orders., channel, counter-total",
    "orders_total, GAUGE, '', Orders., channel, total-reserved",
    "orders_total, UNKNOWN, '', Orders., channel, ''",
    "orders, GAUGE, '', '', channel, help-missing",
    "wait_milliseconds, GAUGE, '', Waits., channel, base-unit",
    "thermometers, GAUGE, '', Things., channel, ''",
    "wait_seconds_hours, GAUGE, '', Waits., channel, base-unit",
    "wait, GAUGE, seconds, Waits., channel, unit-suffix",
    "wait_seconds_total, COUNTER, seconds, Waits., channel, ''",
    "wait_ms, GAUGE, '', Waits., channel, unit-abbreviated",
    "ms_wait, GAUGE, '', Waits., channel, ''",
    "orders_count, GAUGE, '', Orders., channel, reserved-suffix",
    "orders_count, SUMMARY, '', Orders., channel, ''",
    "orders_bucket, SUMMARY, '', Orders., channel, reserved-suffix",
    "orders_sum, COUNTER, '', Orders., channel, 'counter-total,reserved-suffix'",
    "job_gauge, GAUGE, '', Jobs., channel, type-in-name",
    "gauge_jobs, GAUGE, '', Jobs., channel, ''",
    "job:rate, GAUGE, '', Jobs., channel, reserved-colon",
    "jobsDone, GAUGE, '', Jobs., channel, snake-case",
    "jobs, GAUGE, '', Jobs., jobKind, snake-case",
    "jobs, GAUGE, '', Jobs., le, reserved-label",
    "jobs, GAUGE, '', Jobs., quantile, reserved-label",
    "jobs, HISTOGRAM, '', Jobs., le, ''",
    "jobs, HISTOGRAM, '', Jobs., quantile, reserved-label",
  })
  void namesItsRule(
      String name, MetricKind kind, String unit, String help, String label, String rules) {
    assertThat(NamingRules.check(name, kind, unit, help, List.of(label)))
        .extracting(Violation::rule)
        .containsExactly(rules.isEmpty() ? new String[0] : rules.split(","));
  }

  @ParameterizedTest
  @MethodSource("dev.nines.telemetry.Metrics#all")
  void theCatalogueKeepsThem(Metric metric) {
    assertThat(NamingRules.check(
            metric.name(),
            MetricKind.of(metric.type()),
            metric.unit(),
            metric.help(),
            metric.labels()))
        .isEmpty();
  }
}
