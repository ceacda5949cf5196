package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.metrics.GoldenSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs with Actuator, Micrometer Tracing and Boot's OpenTelemetry on the classpath. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithActuatorTest {

  private static final String[] SHOWN = {
    "--management.endpoints.web.exposure.include=health",
    "--management.endpoint.health.show-components=always",
    "--management.tracing.sampling.probability=1",
    "--nines.targets.recovery.detection=6s"
  };

  @Configuration(proxyBeanMethods = false)
  static class Beans {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final AtomicReference<Health> stock =
        new AtomicReference<>(Health.up().build());
    private final AtomicReference<CheckResult> orders =
        new AtomicReference<>(CheckResult.healthy());

    @Bean
    Feature eventsHeard() {
      return new Feature() {
        @Override
        public String name() {
          return "events-heard";
        }

        @Override
        public void install(FeatureContext context) {
          context.events().listen(event -> events.add(event.message()));
        }
      };
    }

    @Bean
    SimpleSpanProcessor spans() {
      return (SimpleSpanProcessor) SimpleSpanProcessor.create(new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
          spans.addAll(ended);
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
          return CompletableResultCode.ofSuccess();
        }
      });
    }

    @Bean
    HealthIndicator stockHealthIndicator() {
      return stock::get;
    }

    @Bean
    Dependency ordersDb() {
      return Dependency.required("orders-db", run -> orders.get());
    }
  }

  private RunningService service;
  private Beans beans;

  @BeforeAll
  void start() {
    service = RunningService.start(List.of(SampleService.class, Beans.class), SHOWN);
    beans = service.context().getBean(Beans.class);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aRequestIsCountedOnce() throws Exception {
    service.get("/orders/1");
    assertThat(service.context().getBean(GoldenSignals.class).registry())
        .isSameAs(service.context().getBean(MeterRegistry.class));
    await().until(() -> service.get("/metrics").body().contains("http_route=\"/orders/{id}\""));
    assertThat(service.get("/metrics").body()).doesNotContain("http_server_requests_seconds");
  }

  @Test
  void underSpringsNamesARequestIsCountedOnceWithTheDerivedBounds() throws Exception {
    try (RunningService spring =
        RunningService.start(List.of(SampleService.class), "--nines.metrics.naming=spring")) {
      spring.get("/orders/1");
      String series = "error=\"none\",exception=\"none\",method=\"GET\",outcome=\"SUCCESS\","
          + "status=\"200\",uri=\"/orders/{id}\"";
      await().until(() -> spring
          .get("/metrics")
          .body()
          .contains("http_server_requests_seconds_count{" + series + "} 1"));
      assertThat(spring.get("/metrics").body())
          .contains("http_server_requests_seconds_bucket{" + series + ",le=\"0.2\"}")
          .contains("http_server_requests_seconds_bucket{" + series + ",le=\"0.5\"}")
          .doesNotContain("http_server_request_duration_seconds");
    }
  }

  @Test
  void aRequestHasOneServerSpanInTheApplicationsOwnOpenTelemetry() throws Exception {
    assertThat(service.nines().openTelemetry())
        .isSameAs(service.context().getBean(OpenTelemetry.class));
    service.get("/deferred");
    await().until(() -> beans.spans.stream().anyMatch(s -> s.getName().equals("GET /deferred")));
    service.get("/hello");
    await().until(() -> beans.spans.stream().anyMatch(s -> s.getName().equals("GET /hello")));
    assertThat(beans.spans)
        .filteredOn(span -> span.getKind() == SpanKind.SERVER)
        .filteredOn(span -> span.getName().contains("deferred"))
        .hasSize(1);
  }

  @Test
  void whatWasFoundIsTold() {
    assertThat(beans.events)
        .contains("Requests are recorded by Nines; found beside it:"
            + " {boot_observation=left out, meter_registry=used, open_telemetry=used}");
  }

  @Test
  void aContributorIsACheckAndDegrades() throws Exception {
    await().until(() -> health("/health").at("/checks/stock/status").asString().equals("healthy"));
    beans.stock.set(Health.down().withDetail("error", "no more pens").build());
    try {
      await()
          .until(() -> health("/health").at("/checks/stock/status").asString().equals("unhealthy"));
      assertThat(service.get("/ready").statusCode()).isEqualTo(200);
      assertThat(health("/health").path("status").asString()).isEqualTo("degraded");
    } finally {
      beans.stock.set(Health.up().build());
    }
  }

  @Test
  void ourChecksAreContributors() throws Exception {
    await().until(() -> health("/actuator/health")
        .at("/components/nines/components/orders-db/status")
        .asString()
        .equals("UP"));
    assertThat(health("/actuator/health").at("/components/nines/components").propertyNames())
        .contains("orders-db", "deadlock")
        .doesNotContain("stock");
  }

  @Test
  void bootsReadinessFollowsOurs() {
    ApplicationAvailability availability = service.context().getBean(ApplicationAvailability.class);
    assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
    beans.orders.set(CheckResult.unhealthy("refused"));
    await().until(() -> availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC);
    beans.orders.set(CheckResult.healthy());
    await().until(() -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
    await().until(() -> service.nines().lifecycle().ready());
  }

  @Test
  void actuatorsOwnRequestsAreNotCounted() throws Exception {
    service.get("/actuator/health");
    service.get("/hello");
    await().until(() -> service.get("/metrics").body().contains("http_route=\"/hello\""));
    assertThat(service.get("/metrics").body()).doesNotContain("http_route=\"/actuator");
  }

  @Test
  void aManagementPortServesTheEndpointsBesideActuatorsOwn() throws Exception {
    try (RunningService apart =
        RunningService.start(List.of(SampleService.class), "--management.server.port=0")) {
      int management = Integer.parseInt(
          apart.context().getEnvironment().getProperty("local.management.port", ""));
      assertThat(apart.nines().adminPort()).isEmpty();
      assertThat(apart.send(management, "GET", "/ready").statusCode()).isEqualTo(200);
      assertThat(apart.send(management, "GET", "/metrics").body()).contains("nines_ready 1.0");
      assertThat(apart.send(management, "GET", "/actuator/health").statusCode()).isEqualTo(200);
      assertThat(apart.get("/ready").statusCode()).isEqualTo(404);
    }
  }

  private JsonNode health(String path) throws Exception {
    return JsonMapper.shared().readTree(service.get(path).body());
  }
}
