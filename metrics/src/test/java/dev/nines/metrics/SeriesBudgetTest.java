package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.nines.meter.Counter;
import dev.nines.meter.Family;
import dev.nines.meter.Label;
import dev.nines.meter.Unit;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import io.micrometer.core.instrument.Counter.Builder;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SeriesBudgetTest {

  private static final String DURATION = "http_server_request_duration_seconds";

  @Test
  void ninesSeriesIsTheNumberOfSamplesOfAScrape() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      service.requests.serve("GET /orders/{id}", 200).fail("POST /orders", new Exception());
      service.metrics().timer("picking", "Picking.").by(Label.of("shop", "a", "b"));
      MeterRegistry registry = signals.registry();
      Timer.builder("plain").register(registry);
      Timer.builder("quantiles").publishPercentiles(0.5, 0.9).register(registry);
      Timer.builder("buckets").serviceLevelObjectives(Duration.ofSeconds(1)).register(registry);
      DistributionSummary.builder("sizes").publishPercentileHistogram().register(registry);
      registry.more().longTaskTimer("long");
      registry.more().counter("function", List.of(), 1);
      io.micrometer.core.instrument.Gauge removed =
          io.micrometer.core.instrument.Gauge.builder("gone", () -> 1).register(registry);
      registry.remove(removed);
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value("nines_series")).isEqualTo(exposed.samples().size());
      assertThat(exposed.value("nines_series_limit")).isEqualTo(10_000);
      assertThat(exposed.value("nines_series_refused_total")).isZero();
    }
  }

  @Test
  void requestsBeyondItAreFoldedAndTheirTotalsStayRight() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus().maxSeries(600))) {
      double before = Exposition.parse(service.scrape()).value("nines_series");
      service.requests.serve("GET /kept", 200);
      for (int i = 0; i < 900; i++) {
        service.requests.serve("GET /route-" + i, 200);
        service.requests.serve("GET /kept", 200);
      }
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(before).isLessThan(600);
      assertThat(exposed.value("nines_series"))
          .as("the maximum, and one overflow series of each histogram")
          .isLessThanOrEqualTo(600 + 16 + 2 * 8);
      assertThat(exposed.value("nines_series_refused_total")).isPositive();
      assertThat(exposed.value(DURATION + "_count", "http_route", "/kept")).isEqualTo(901);
      assertThat(exposed.value(
              DURATION + "_count", "http_route", "_OTHER", "http_response_status_code", "_OTHER"))
          .isPositive();
      assertThat(exposed.samples(DURATION + "_count").stream()
              .mapToDouble(Exposition.Sample::value)
              .sum())
          .isEqualTo(1801);
      assertThat(exposed.value(
              "nines_requests_good_total", "objective", "errors", "route_class", "default"))
          .isEqualTo(1801);
    }
  }

  @Test
  void itIsToldOnceThatItNearsAndOnceThatItIsSpent() {
    MeterRegistry registry = new OwnRegistry();
    SeriesBudget budget = new SeriesBudget(registry, 500);
    List<Event> events = new ArrayList<>();
    EventBus bus = new EventBus();
    bus.render(events::add);
    counters(registry, "well", 399);
    budget.look(bus);
    assertThat(events).isEmpty();

    counters(registry, "near", 1);
    assertThat(budget.look(bus)).isEqualTo(400);
    budget.look(bus);
    assertThat(events).extracting(Event::type).containsExactly("series_budget_near");

    counters(registry, "spent", 101);
    budget.look(bus);
    counters(registry, "more", 10);
    budget.look(bus);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly("series_budget_near", "series_budget_spent");
    assertThat(events.get(1).level()).isEqualTo(System.Logger.Level.WARNING);
    assertThat(events.get(1).fields())
        .containsOnly(entry("series", 500), entry("max_series", 500), entry("refused", 1L));

    registry.find("well").meters().forEach(registry::remove);
    budget.look(bus);
    counters(registry, "again", 310);
    budget.look(bus);
    assertThat(events).hasSize(3).last().extracting(Event::type).isEqualTo("series_budget_near");
  }

  @Test
  void itIsWatchedInTheBackground() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus().maxSeries(500);
    counters(signals.registry(), "mine", 450);
    try (TestService service = new TestService(signals)) {
      Awaitility.await().until(() -> !told(service).isEmpty());
    }
  }

  @Test
  void metersOfOthersAreRefusedOnOurRegistryAndThoseThatAreThereGoOn() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus().maxSeries(600);
    try (TestService service = new TestService(signals)) {
      counters(signals.registry(), "mine", 1_000);
      signals.registry().counter("mine", "number", "0").increment();
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value("nines_series")).isEqualTo(600);
      assertThat(exposed.value("mine_total", "number", "0")).isEqualTo(1);
      assertThat(exposed.samples("mine_total", "number", "999")).isEmpty();
    }
  }

  @Test
  void aRegistryOfTheUsersIsLeftAlone() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    GoldenSignals signals = GoldenSignals.on(mine).maxSeries(600);
    try (TestService service = new TestService(signals)) {
      counters(signals.registry(), "mine", 1_000);
      for (int i = 0; i < 100; i++) {
        service.requests.serve("GET /route-" + i, 200);
      }

      assertThat(mine.find("mine").counters()).hasSize(1_000);
      assertThat(mine.find("http.server.request.duration")
              .tag("http_route", "/route-99")
              .timer())
          .isNull();
      assertThat(mine.get("http.server.request.duration")
              .tag("http_response_status_code", "_OTHER")
              .timer()
              .count())
          .isEqualTo(100);
    }
  }

  @Test
  void theServicesOwnMetricsAreFolded() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus().maxSeries(600);
    try (TestService service = new TestService(signals)) {
      Family<Counter> visits =
          service.metrics().counter("visits", Unit.COUNT, "Visits.").by(Label.upTo("shop", 900));
      for (int i = 0; i < 900; i++) {
        visits.with("shop-" + i).increment();
      }
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value("nines_series")).isLessThanOrEqualTo(601);
      assertThat(exposed.value("visits_total", "shop", "_OTHER")).isPositive();
      assertThat(exposed.samples("visits_total").stream()
              .mapToDouble(Exposition.Sample::value)
              .sum())
          .isEqualTo(900);
    }
  }

  @Test
  void aMaximumOutOfRangeOrTooLateIsRefused() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();

    assertThatThrownBy(() -> signals.maxSeries(499))
        .hasMessage("metrics.maxSeries: 499 (expected: 500 to 1000000)");
    assertThatThrownBy(() -> signals.maxSeries(1_000_001))
        .isInstanceOf(IllegalArgumentException.class);
    try (TestService service = new TestService(signals)) {
      assertThatThrownBy(() -> signals.maxSeries(600)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void counters(MeterRegistry registry, String name, int count) {
    for (int i = 0; i < count; i++) {
      Builder counter = io.micrometer.core.instrument.Counter.builder(name);
      counter.tag("number", Integer.toString(i)).register(registry);
    }
  }

  private static List<String> told(TestService service) {
    return service.events.stream()
        .map(Event::type)
        .filter(type -> type.startsWith("series_"))
        .toList();
  }
}
