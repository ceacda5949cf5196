package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CallOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Calls in a service that has Actuator and Micrometer Tracing: one instrumentation records each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsWithActuatorTest {

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Caller {

    @Bean
    EndedCalls endedCalls() {
      return new EndedCalls();
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

  private Peer peer;
  private Peer stranger;
  private RunningService service;

  @BeforeAll
  void start() {
    peer = new Peer();
    stranger = new Peer();
    service = RunningService.withoutWeb(
        List.of(Caller.class),
        "--management.tracing.sampling.probability=1.0",
        "--nines.dependencies.payments.required=false",
        "--nines.dependencies.payments.addresses=" + peer.url(""),
        "--nines.dependencies.payments.deadline=1m");
  }

  @AfterAll
  void stop() {
    service.close();
    peer.close();
    stranger.close();
  }

  @BeforeEach
  void forget() {
    spans().clear();
    peer.traceparents().clear();
    stranger.traceparents().clear();
    service.context().getBean(EndedCalls.class).all().clear();
    service.context().getBean(MeterRegistry.class).clear();
  }

  private List<SpanData> spans() {
    return service.context().getBean(KeptSpans.class).all();
  }

  private void callBothWays(String url) {
    service
        .context()
        .getBean(RestClient.Builder.class)
        .build()
        .get()
        .uri(url)
        .retrieve()
        .toBodilessEntity();
    service
        .context()
        .getBean(WebClient.Builder.class)
        .build()
        .get()
        .uri(url)
        .retrieve()
        .toBodilessEntity()
        .block();
  }

  private int observedByBoot() {
    return service
        .context()
        .getBean(MeterRegistry.class)
        .find("http.client.requests")
        .timers()
        .size();
  }

  @Test
  void aGuardedCallIsRecordedByItsGuardAlone() {
    callBothWays(peer.url("/charge"));
    assertThat(service.context().getBean(EndedCalls.class).all())
        .containsOnly(new EndedCalls.Call("payments", CallOutcome.SUCCESS, 200))
        .hasSize(2);
    assertThat(spans())
        .extracting(SpanData::getKind)
        .containsOnly(SpanKind.CLIENT)
        .hasSize(2);
    assertThat(peer.traceparents()).hasSize(2).doesNotContain("");
    assertThat(observedByBoot()).isZero();
  }

  @Test
  void aCallToAnybodyElseIsRecordedByBootAlone() {
    callBothWays(stranger.url("/hello"));
    await().until(() -> spans().size() == 2);
    await().until(() -> observedByBoot() > 0);
    assertThat(spans())
        .extracting(span -> "00-" + span.getTraceId() + "-" + span.getSpanId())
        .containsExactlyInAnyOrderElementsOf(
            stranger.traceparents().stream().map(sent -> sent.substring(0, 52)).toList());
  }
}
