package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SeveralRegistriesTest {

  private static final String DURATION = "http_server_request_duration_seconds_count";

  @Test
  void oursAndTheUsersCountTheSameAndTheUsersStaysOpen() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    GoldenSignals signals = GoldenSignals.prometheus().also(mine);
    try (TestService service = new TestService(signals)) {
      service.requests.serve("GET /orders/{id}", 200, 3);

      assertThat(served(mine)).isEqualTo(3);
      assertThat(Exposition.parse(service.scrape()).value(DURATION, "http_route", "/orders/{id}"))
          .isEqualTo(3);
      assertThat(service.scrape()).doesNotContain("duration_seconds_max");
      assertThat(service.events).isEmpty();
    }
    assertThat(mine.isClosed()).isFalse();
    assertThat(signals.registry().isClosed()).isTrue();
  }

  @Test
  void aPrometheusAmongTheUsersSeveralIsShown() throws Exception {
    CompositeMeterRegistry mine = new CompositeMeterRegistry();
    mine.add(new SimpleMeterRegistry());
    mine.add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      service.requests.serve("GET /orders/{id}", 200, 2);

      assertThat(service.scrape()).contains("nines_exchanges_total{outcome=\"success\"} 2.0");
      assertThat(served(mine)).isEqualTo(2);
    }
    assertThat(mine.isClosed()).isFalse();
  }

  @Test
  void aFilterOfOneOfThemIsToldAtStart() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    mine.config().meterFilter(MeterFilter.denyNameStartsWith("nines.requests"));
    try (TestService service = new TestService(GoldenSignals.prometheus().also(mine))) {
      assertThat(service.events).extracting(Event::type).containsExactly("metrics_filtered");
      assertThat(service.events.get(0).fields())
          .containsEntry(
              "metrics",
              List.of(
                  "nines_requests_bad_total",
                  "nines_requests_good_total",
                  "nines_requests_slow_total"));
    }
  }

  @Test
  void oneMoreAfterTheStartIsRefused() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      assertThatThrownBy(() -> signals.also(new SimpleMeterRegistry()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("metrics: also(...) declared late (expected: before GoldenSignals is"
              + " installed)");
      assertThat(service.events).isEmpty();
    }
  }

  private static long served(MeterRegistry registry) {
    return registry
        .get("http.server.request.duration")
        .tag("http_route", "/orders/{id}")
        .timer()
        .count();
  }

  @Test
  void theStartOfTheProcessMayBeBoundByAnotherBinderToo() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      service.instruments().publish(Metrics.PROCESS_START, () -> 1);
      new UptimeMetrics().bindTo(mine);
      assertThat(mine.get("process.start.time").timeGauge().value(TimeUnit.SECONDS))
          .isEqualTo(1);
    }
  }
}
