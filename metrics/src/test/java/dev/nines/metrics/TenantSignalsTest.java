package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.request.Exchange;
import dev.nines.request.RequestListener;
import dev.nines.request.Tenants;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantSignalsTest {

  private static final String REQUESTS = "nines_tenant_requests_total";
  private static final String COUNT = "nines_tenant_request_duration_seconds_count";
  private static final Tenants TENANTS = Tenants.fromHeader("X-Tenant").top(3);

  @Test
  void theBusiestTenantsAreToldApartAndTheTotalsStayRight() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus(), TENANTS)) {
      for (int i = 0; i < 30; i++) {
        begin(service, "acme").end(200);
      }
      begin(service, "acme").fail(500, new IllegalStateException());
      begin(service, "acme").end(404);
      begin(service, "acme").abort(200, null);
      begin(service, "rare").end(200);
      service.requests.serve("GET /", 200);
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value(REQUESTS, "tenant", "acme", "outcome", "success"))
          .isEqualTo(10);
      assertThat(exposed.value(REQUESTS, "tenant", "acme", "outcome", "server_error"))
          .isEqualTo(1);
      assertThat(exposed.value(REQUESTS, "tenant", "acme", "outcome", "client_error"))
          .isEqualTo(1);
      assertThat(exposed.value(REQUESTS, "tenant", "acme", "outcome", "client_abort"))
          .isEqualTo(1);
      assertThat(exposed.value(REQUESTS, "tenant", "_OTHER", "outcome", "success"))
          .isEqualTo(22);
      assertThat(exposed.value(COUNT, "tenant", "acme"))
          .as("no errors, no aborts")
          .isEqualTo(11);
      assertThat(exposed.samples(REQUESTS).stream()
              .mapToDouble(Exposition.Sample::value)
              .sum())
          .isEqualTo(35);
    }
  }

  @Test
  void offMeansNoSeries() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      begin(service, "acme").end(200);

      assertThat(service.scrape()).doesNotContain("tenant");
    }
  }

  @Test
  void aMillionForgedTenantsMakeNoSeries() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus(), TENANTS)) {
      RequestListener signals = signals(service);
      double before = Exposition.parse(service.scrape()).value("nines_series");
      Exchange exchange = begin(service, "first");
      exchange.end(200);
      for (int i = 0; i < 1_000_000; i++) {
        exchange.tenant("forged-" + i);
        signals.ended(exchange);
      }
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.samples(COUNT)).hasSize(1);
      assertThat(exposed.value(REQUESTS, "tenant", "_OTHER", "outcome", "success"))
          .isEqualTo(1_000_001);
      assertThat(exposed.value("nines_series")).isLessThan(before + 60); // of the first request
    }
  }

  @Test
  void aSeriesNeverFallsWhilePlacesChangeHands() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus(), TENANTS)) {
      Map<String, Double> before = new java.util.HashMap<>();
      for (int round = 0; round < 30; round++) {
        for (int i = 0; i < 200 * (round + 1); i++) {
          begin(service, "tenant-" + round % 5).end(200);
        }
        service.time.advance(Duration.ofMinutes(1));
        begin(service, "nobody").end(200);
        for (Exposition.Sample sample : Exposition.parse(service.scrape()).samples(REQUESTS)) {
          Double last = before.put(sample.labels().toString(), sample.value());
          assertThat(last == null || sample.value() >= last)
              .as(sample.toString())
              .isTrue();
        }
      }

      assertThat(before.keySet()).anyMatch(labels -> labels.contains("tenant-4"));
    }
  }

  @Test
  void aSeriesThatHasStoodStillIsTakenOutOfTheRegistry() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus(), TENANTS.top(1))) {
      serve(service, "acme", 30);
      serve(service, "zoo", 200);
      service.time.advance(Duration.ofMinutes(1));
      serve(service, "zoo", 30);
      assertThat(service.scrape()).contains("tenant=\"acme\"", "tenant=\"zoo\"");
      service.time.advance(Duration.ofHours(1));
      serve(service, "nobody", 1);

      assertThat(service.scrape()).doesNotContain("tenant=\"acme\"").contains("tenant=\"zoo\"");
      Exposition exposed = Exposition.parse(service.scrape());
      assertThat(exposed.value("nines_series")).isEqualTo(exposed.samples().size());
    }
  }

  @Test
  void withoutRoomForSeriesTenantsStayOther() throws Exception {
    try (TestService service =
        new TestService(GoldenSignals.prometheus().maxSeries(500), TENANTS.top(200))) {
      for (int tenant = 0; tenant < 100; tenant++) {
        serve(service, "tenant-" + tenant, 30);
      }
      Exposition exposed = Exposition.parse(service.scrape());

      assertThat(exposed.value("nines_series")).isLessThanOrEqualTo(540);
      assertThat(exposed.samples(REQUESTS).stream()
              .mapToDouble(Exposition.Sample::value)
              .sum())
          .isEqualTo(3_000);
    }
  }

  @Test
  void aKnownTenantCostsNoAllocation() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus(), TENANTS)) {
      RequestListener signals = signals(service);
      Exchange exchange = begin(service, "acme");
      exchange.end(200);
      end(signals, exchange, 50_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      int calls = 200_000;
      long before = threads.getCurrentThreadAllocatedBytes();
      end(signals, exchange, calls);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;

      // what remains are the exemplars' own attempts, some ten a second and series
      assertThat((double) bytes / calls).as("bytes per request").isLessThan(2);
    }
  }

  private static void end(RequestListener signals, Exchange exchange, int times) {
    for (int i = 0; i < times; i++) {
      signals.ended(exchange);
    }
  }

  private static void serve(TestService service, String tenant, int times) {
    for (int i = 0; i < times; i++) {
      begin(service, tenant).end(200);
    }
  }

  private static Exchange begin(TestService service, String tenant) {
    return service.requests.begin("GET /", Map.of("X-Tenant", tenant));
  }

  private static RequestListener signals(TestService service) {
    return service.listeners().stream()
        .filter(TenantSignals.class::isInstance)
        .findFirst()
        .orElseThrow();
  }
}
