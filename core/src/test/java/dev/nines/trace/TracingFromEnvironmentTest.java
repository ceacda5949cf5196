package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.testing.OthersSpans;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingFromEnvironmentTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1.2", "test", "one");
  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0";

  private enum InMap implements TextMapGetter<Map<String, String>> {
    GETTER;

    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }

  private static Tracing tracing(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Tracing.fromEnvironment(SHOP, environment, new ManualTime());
  }

  private static Span span(Tracing tracing, Context parent) {
    return OthersSpans.server(tracing, "GET /orders", parent);
  }

  @Test
  void byDefaultEverySpanIsSampledAndNoneIsExported() {
    try (Tracing tracing = tracing()) {
      assertThat(span(tracing, Context.root()).getSpanContext().isSampled()).isTrue();
      assertThat(tracing.openTelemetry().toString()).doesNotContain("BatchSpanProcessor");
    }
  }

  @Test
  void theCallersDecisionIsKeptByDefault() {
    try (Tracing tracing = tracing()) {
      Context caller = tracing.extract(Map.of("traceparent", TRACEPARENT + "0"), InMap.GETTER);
      assertThat(span(tracing, caller).getSpanContext().isSampled()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "always_on,,true",
    "always_off,,false",
    "traceidratio,0,false",
    "parentbased_traceidratio,1.0,true",
    "PARENTBASED_ALWAYS_OFF,,false"
  })
  void theSamplerIsTheOneThatIsNamed(String sampler, @Nullable String argument, boolean sampled) {
    String given = argument == null ? "" : argument;
    try (Tracing tracing =
        tracing("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", given)) {
      assertThat(span(tracing, Context.root()).getSpanContext().isSampled()).isEqualTo(sampled);
    }
  }

  @Test
  void aDisabledSdkRecordsNothingAndStillPropagates() {
    try (Tracing tracing = tracing(
        "OTEL_SDK_DISABLED", "true", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318")) {
      Context caller = tracing.extract(
          Map.of("traceparent", TRACEPARENT + "1", "baggage", "user=ann"), InMap.GETTER);
      Span span = span(tracing, caller);
      Map<String, String> headers = new HashMap<>();
      tracing.propagator().inject(caller.with(span), headers, Map::put);

      assertThat(span.isRecording()).isFalse();
      assertThat(headers)
          .containsEntry("traceparent", TRACEPARENT + "1")
          .containsEntry("baggage", "user=ann");
      assertThat(Baggage.fromContext(caller).getEntryValue("user")).isEqualTo("ann");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_TRACES_SAMPLER | sometimes | OTEL_TRACES_SAMPLER: sometimes (expected: one of always_off,",
        "OTEL_SDK_DISABLED | yes | OTEL_SDK_DISABLED: yes (expected: one of false, true)",
        "OTEL_TRACES_EXPORTER | zipkin | OTEL_TRACES_EXPORTER: zipkin (expected: one of none, otlp)",
        "OTEL_EXPORTER_OTLP_ENDPOINT | localhost:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: localhost:4318 (expected: a URL",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | http://u:secret@ | OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: http://…@ (exp",
        "OTEL_EXPORTER_OTLP_TIMEOUT | 10s | OTEL_EXPORTER_OTLP_TIMEOUT: 10s (expected: a positive number of millis",
        "OTEL_EXPORTER_OTLP_TIMEOUT | 0 | OTEL_EXPORTER_OTLP_TIMEOUT: 0 (expected: a positive number of millis",
        "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION | zstd | OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: zstd (expected: on",
        "OTEL_EXPORTER_OTLP_PROTOCOL | grpc | OTEL_EXPORTER_OTLP_PROTOCOL: grpc (expected: one of http/protobuf)",
        "OTEL_EXPORTER_OTLP_HEADERS | a=1,token | OTEL_EXPORTER_OTLP_HEADERS: entry 2 (expected: key=value,",
        "OTEL_EXPORTER_OTLP_HEADERS | a=%zz | OTEL_EXPORTER_OTLP_HEADERS: entry 1 (expected: key=value,",
        "OTEL_RESOURCE_ATTRIBUTES | team | OTEL_RESOURCE_ATTRIBUTES: entry 1 (expected: key=value,",
        "OTEL_EXPORTER_OTLP_CERTIFICATE | /nowhere.pem | OTEL_EXPORTER_OTLP_CERTIFICATE: /nowhere.pem (expected: a",
        "OTEL_BSP_MAX_QUEUE_SIZE | many | OTEL_BSP_MAX_QUEUE_SIZE: many (expected: a positive whole number)",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE | 5000 | OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 5000 (expected: at most OTEL_BSP_M"
      })
  void aValueThatCannotBeHonouredIsRefusedByName(String name, String value, String message) {
    String endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    assertThatThrownBy(() -> tracing(endpoint, "http://localhost:4318", name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anArgumentOutsideOfZeroToOneIsRefused() {
    assertThatThrownBy(
            () -> tracing("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "2"))
        .hasMessage("OTEL_TRACES_SAMPLER_ARG: 2 (expected: a number from 0 to 1)");
  }

  @Test
  void theResourceSaysWhoSpeaks() {
    try (Tracing tracing =
        tracing("OTEL_RESOURCE_ATTRIBUTES", "team=a%2Cb,service.name=other,note=1+1")) {
      assertThat(tracing.openTelemetry().toString())
          .contains("service.name=\"shop\"")
          .contains("service.version=\"1.2\"")
          .contains("deployment.environment.name=\"test\"")
          .contains("service.instance.id=\"one\"")
          .contains("team=\"a,b\"")
          .contains("note=\"1+1\"");
    }
  }
}
