package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A reactive service with Actuator and Micrometer Tracing. */
class WebFluxWithActuatorTest {

  /** Boot's own management contexts take one server only. */
  private static final String TOMCATS =
      "org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  @Configuration(proxyBeanMethods = false)
  static class Beans {

    @Bean
    ReactiveWebServerFactory netty() {
      return new NettyReactiveWebServerFactory(0);
    }

    @Bean
    KeptSpans keptSpans() {
      return new KeptSpans();
    }

    @Bean
    OpenTelemetry openTelemetry(KeptSpans spans) {
      return spans.openTelemetry();
    }
  }

  private static RunningService start(String... arguments) {
    return RunningService.startReactive(List.of(WebFluxService.class, Beans.class), arguments);
  }

  @Test
  void aRequestIsRecordedOnceAndItsLinesAreInItsTrace() throws Exception {
    try (RunningService service = start("--management.tracing.sampling.probability=1.0");
        TracedLines lines = TracedLines.of("sample")) {
      assertThat(service
              .get("/mix/7", "traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01")
              .statusCode())
          .isEqualTo(200);
      List<SpanData> spans = service.context().getBean(KeptSpans.class).all();
      await().until(() -> spans.size() == 3);
      assertThat(spans)
          .extracting(SpanData::getKind)
          .containsExactlyInAnyOrder(SpanKind.SERVER, SpanKind.CLIENT, SpanKind.SERVER);
      assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE_ID);
      assertThat(lines.all())
          .hasSize(6)
          .extracting(TracedLines.Line::traceId)
          .containsOnly(TRACE_ID);
      assertThat(service
              .context()
              .getBean(MeterRegistry.class)
              .find("http.server.requests")
              .meters())
          .isEmpty();
    }
  }

  @Test
  void theManagementPortServesTheEndpointsBesideActuators() throws Exception {
    try (RunningService service = start(
        "--management.server.port=0",
        "--management.health.defaults.enabled=false",
        "--spring.autoconfigure.exclude[0]=" + TOMCATS)) {
      int management = Integer.parseInt(
          service.context().getEnvironment().getProperty("local.management.port", ""));
      assertThat(service.send(management, "GET", "/ready").statusCode()).isEqualTo(200);
      assertThat(service.send(management, "GET", "/actuator/health").statusCode())
          .isEqualTo(200);
      assertThat(service.get("/ready").statusCode()).isEqualTo(404);
    }
  }
}
