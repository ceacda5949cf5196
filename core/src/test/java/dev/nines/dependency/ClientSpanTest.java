package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.budget.BudgetState;
import dev.nines.request.HttpMethod;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.testing.HeardSampler;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientSpanTest {

  private static final Dependency PAYMENTS = Dependency.optional("payments");
  private static final URI SECRET = URI.create("https://user:pw@pay.example/v1/charge?token=t");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
      .setTracerProvider(SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(exporter))
          .build())
      .build();
  private final Dependencies dependencies = started(sdk);
  private final Guard guard = dependencies.guard("payments");

  private static Dependencies started(OpenTelemetrySdk sdk) {
    return Dependencies.of(
        List.of(PAYMENTS),
        TestGuard.derive(TestGuard.targets(), PAYMENTS),
        () -> BudgetState.NORMAL,
        TimeSource.system(),
        Tracing.using(sdk),
        new EventBus(),
        new Instruments());
  }

  @AfterEach
  void stop() {
    dependencies.close();
    sdk.close();
  }

  private SpanData span() {
    assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    return exporter.getFinishedSpanItems().get(0);
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new TreeMap<>();
    span().getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }

  private void answer(HttpMethod method, URI uri, int status) {
    guard.http(new HttpCall<>(method, uri, answer -> status), attempt -> "answer");
  }

  @Test
  void theClientSpanIsCurrentWhileTheBodyRunsAndItsParentIsAgainAfterwards() {
    Span server = sdk.getTracer("test").spanBuilder("server").startSpan();
    try (var scope = server.makeCurrent()) {
      Span current = guard.call(Span::current);
      assertThat(Span.current()).isSameAs(server);
      assertThat(span().getSpanId()).isEqualTo(current.getSpanContext().getSpanId());
      assertThat(span().getParentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
    }
    assertThat(span().getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span().getName()).isEqualTo("payments");
    assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attributes()).isEqualTo(Map.of("peer.service", "payments"));
  }

  @Test
  void anHttpSpanTellsTheConventionsButNoSecret() {
    answer(HttpMethod.POST, SECRET, 200);
    assertThat(span().getName()).isEqualTo("POST");
    assertThat(attributes())
        .isEqualTo(Map.of(
            "peer.service", "payments",
            "http.request.method", "POST",
            "http.response.status_code", 200L,
            "server.address", "pay.example",
            "server.port", 443L,
            "url.full", "https://pay.example/v1/charge"));
  }

  @Test
  void anUnknownMethodNamesItsSpanHttp() {
    answer(HttpMethod.OTHER, URI.create("http://pay.example:8080/"), 200);
    assertThat(span().getName()).isEqualTo("HTTP");
    assertThat(attributes())
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("url.full", "http://pay.example:8080/");
  }

  @Test
  void fourHundredsAndFiveHundredsAreErrorsOfTheSpan() {
    for (int status : new int[] {404, 503}) {
      exporter.reset();
      answer(HttpMethod.GET, SECRET, status);
      assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(attributes()).containsEntry("error.type", Integer.toString(status));
    }
    assertThat(guard.count(CallOutcome.SUCCESS)).isEqualTo(1);
    assertThat(guard.count(CallOutcome.FAILURE)).isEqualTo(1);
  }

  @Test
  void anExceptionIsTheErrorsType() {
    assertThatThrownBy(() -> guard.call(() -> {
          throw new IOException("secret in a message");
        }))
        .isInstanceOf(IOException.class);
    assertThat(attributes()).containsEntry("error.type", "java.io.IOException");
    assertThat(span().getEvents()).isEmpty();
  }

  @Test
  void eachAttemptHasASpanThatSaysWhichItIs() {
    for (int i = 0; i < 10; i++) {
      guard.idempotent().call(() -> "");
    }
    exporter.reset();
    AtomicInteger answers = new AtomicInteger();
    HttpCall<Integer> http =
        new HttpCall<>(HttpMethod.GET, SECRET, answer -> answer == 1 ? 503 : 200);
    guard.idempotent().http(http, attempt -> answers.incrementAndGet());
    AttributeKey<Long> resends = AttributeKey.longKey("http.request.resend_count");
    assertThat(exporter.getFinishedSpanItems())
        .extracting(span -> span.getAttributes().get(resends))
        .containsExactly(null, 1L);
  }

  @Test
  void samplersAreToldWhoIsCalled() {
    HeardSampler sampler = new HeardSampler();
    OpenTelemetrySdk asking = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().setSampler(sampler).build())
        .build();
    try (Dependencies own = started(asking)) {
      own.guard("payments")
          .http(new HttpCall<>(HttpMethod.POST, SECRET, answer -> 200), attempt -> "answer");
    }
    asking.close();
    assertThat(sampler.heard())
        .containsExactly(Map.of(
            "peer.service", "payments",
            "http.request.method", "POST",
            "server.address", "pay.example",
            "server.port", 443L,
            "url.full", "https://pay.example/v1/charge"));
  }

  @Test
  void listenersHearWhileTheSpanIsCurrentAlsoOfAsyncCalls() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    dependencies.listen(
        call -> Span.current().setAttribute("heard", call.outcome().label()));
    guard.callAsync(() -> stage);
    stage.complete("answer");
    assertThat(attributes()).containsEntry("heard", "success");
  }

  @Test
  void aTracerThatFailsHarmsNoCall() {
    OpenTelemetrySdk broken = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SpanProcessor.composite(new BrokenProcessor()))
            .build())
        .build();
    try (Dependencies own = started(broken)) {
      assertThat(own.guard("payments").call(() -> "answer")).isEqualTo("answer");
    }
    broken.close();
  }

  private static final class BrokenProcessor implements SpanProcessor {

    @Override
    public void onStart(
        io.opentelemetry.context.Context parent, io.opentelemetry.sdk.trace.ReadWriteSpan span) {
      throw new IllegalStateException("broken");
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(io.opentelemetry.sdk.trace.ReadableSpan span) {
      throw new IllegalStateException("broken");
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
