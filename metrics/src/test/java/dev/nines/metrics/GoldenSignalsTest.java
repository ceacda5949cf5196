package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.Feature;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GoldenSignalsTest {

  @Test
  void itIsFoundOnTheClasspath() {
    assertThat(ServiceLoader.load(Feature.class).stream().map(ServiceLoader.Provider::type))
        .contains(GoldenSignals.class);
  }

  @Test
  void oneServesOneNines() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService first = new TestService(signals)) {
      assertThatThrownBy(() -> new TestService(signals))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("GoldenSignals: installed twice (expected: one of its own for each Nines)");
    }
  }

  @Test
  void theRegistryOfAllTheProcessStaysEmpty() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.requests.serve("GET /", 200);

      assertThat(io.micrometer.core.instrument.Metrics.globalRegistry.getMeters())
          .isEmpty();
      assertThat(io.micrometer.core.instrument.Metrics.globalRegistry.getRegistries())
          .isEmpty();
    }
  }

  @Test
  void twoServicesInOneProcessShareNothing() throws Exception {
    try (TestService one = new TestService(GoldenSignals.prometheus());
        TestService two = new TestService(GoldenSignals.prometheus())) {
      one.requests.serve("GET /", 200, 3);

      assertThat(exchanges(one)).isEqualTo(3);
      assertThat(exchanges(two)).isZero();
    }
  }

  @Test
  void onesOwnRegistryIsUsedAndNeverClosed() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      service.requests.serve("GET /", 200);

      assertThat(mine.get("http.server.request.duration")
              .tag("http_route", "/")
              .timer()
              .count())
          .isEqualTo(1);
      assertThat(service.endpoints()).noneMatch(endpoint -> endpoint.path().equals("/metrics"));
      assertThat(service.events).isEmpty();
    }

    assertThat(mine.isClosed()).isFalse();
  }

  @Test
  void theOwnRegistryIsClosedWithTheService() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    new TestService(signals).close();

    assertThat(signals.registry().isClosed()).isTrue();
  }

  @Test
  void onesOwnPrometheusRegistryIsShownToo() throws Exception {
    PrometheusMeterRegistry mine = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    mine.counter("orders").increment();
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      assertThat(service.scrape()).contains("orders_total 1.0", "nines_target_ratio");
    }
  }

  @Test
  void aDroppedMetricIsToldAtStart() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    mine.config().meterFilter(MeterFilter.denyNameStartsWith("nines.requests"));

    filtered(mine, List.of("nines_requests_bad_total", "nines_requests_good_total"));
  }

  @Test
  void aRenamedMetricIsToldAtStart() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    mine.config().meterFilter(new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.withName("acme." + id.getName());
      }
    });

    filtered(mine, List.of("http_server_request_duration_seconds", "nines_target_ratio"));
  }

  @Test
  void aRemovedLabelIsToldAtStart() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    mine.config().meterFilter(MeterFilter.ignoreTags("http_route"));

    filtered(mine, List.of("http_server_request_duration_seconds"));
  }

  @Test
  void bucketsThatAFilterAddsAreToldAtStart() throws Exception {
    MeterRegistry mine = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    mine.config().meterFilter(new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return DistributionStatisticConfig.builder()
            .percentilesHistogram(true)
            .build()
            .merge(config);
      }
    });

    filtered(mine, List.of("http_server_request_duration_seconds"));
  }

  @Test
  void commonTagsAreNoFault() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    mine.config().commonTags("region", "eu");
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      assertThat(service.events).isEmpty();
    }
  }

  @Test
  void theCollectorsPausesAreNotCountedTwiceOnARegistryThatHasThem() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    try (JvmGcMetrics theirs = new JvmGcMetrics()) {
      theirs.bindTo(mine);
      int before = mine.find("jvm.gc.memory.promoted").meters().size();
      try (TestService service = new TestService(GoldenSignals.on(mine))) {
        assertThat(mine.find("jvm.gc.memory.promoted").meters()).hasSize(before);
        assertThat(mine.find("jvm.memory.used").meters()).isNotEmpty();
      }
    }
  }

  @Test
  void aGaugeThatFailsCostsItsOwnValueAlone() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.instruments().publish(Metrics.READY, () -> {
        throw new IllegalStateException("broken");
      });
      service.scrape();
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value("nines_ready")).isNaN();
      assertThat(exposed.value("nines_exchanges_total", "outcome", "success")).isZero();
      assertThat(service.events).extracting(Event::type).containsExactly("metric_failed");
    }
  }

  @Test
  void aCounterThatFailsStaysWhereItStood() throws Exception {
    double[] value = {7};
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.instruments().publish(Metrics.ROUTES_FOLDED, () -> {
        if (value[0] < 0) {
          throw new IllegalStateException("broken");
        }
        return value[0];
      });
      service.scrape();
      value[0] = -1;

      assertThat(Exposition.parse(service.scrape()).value("nines_routes_folded_total"))
          .isEqualTo(7);
    }
  }

  @Test
  void aCounterWhoseSourceDoesNotKnowStaysWhereItStood() throws Exception {
    double[] value = {7};
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.instruments().publish(Metrics.ROUTES_FOLDED, () -> value[0]);
      service.scrape();
      value[0] = Double.NaN;

      assertThat(Exposition.parse(service.scrape()).value("nines_routes_folded_total"))
          .isEqualTo(7);
      assertThat(service.events).isEmpty();
    }
  }

  @Test
  void aFunctionOfTheUsersThatFailsDoesNotBreakTheScrape() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    Object state = new Object();
    FunctionCounter.builder("mine.counter", state, GoldenSignalsTest::broken)
        .register(signals.registry());
    Gauge.builder("mine.gauge", state, GoldenSignalsTest::broken).register(signals.registry());
    FunctionTimer.builder(
            "mine.timer", state, s -> (long) broken(s), GoldenSignalsTest::broken, TimeUnit.SECONDS)
        .register(signals.registry());
    try (TestService service = new TestService(signals)) {
      assertThat(Exposition.parse(service.scrape()).value("mine_counter_total")).isZero();
    }
  }

  private static double broken(Object state) {
    throw new IllegalStateException("broken: " + state);
  }

  private static double exchanges(TestService service) {
    return Exposition.parse(service.scrape()).value("nines_exchanges_total", "outcome", "success");
  }

  private static void filtered(MeterRegistry registry, List<String> expected) throws Exception {
    try (TestService service = new TestService(GoldenSignals.on(registry))) {
      assertThat(service.events).hasSize(1);
      Event event = service.events.get(0);
      assertThat(event.type()).isEqualTo("metrics_filtered");
      assertThat((List<?>) event.fields().get("metrics"))
          .extracting(Object::toString)
          .containsAll(expected);
    }
  }
}
