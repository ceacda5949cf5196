package dev.nines.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTraceTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  /** Headers that may be repeated. */
  private static final MessageHeaders<Map<String, List<String>>> MAP = new MessageHeaders<>() {
    @Override
    public List<String> values(Map<String, List<String>> message, String name) {
      return message.getOrDefault(name, List.of());
    }

    @Override
    public void set(Map<String, List<String>> message, String name, String value) {
      message.put(name, List.of(value));
    }
  };

  private static final MessageHeaders<Map<String, List<String>>> BROKEN = new MessageHeaders<>() {
    @Override
    public List<String> values(Map<String, List<String>> message, String name) throws IOException {
      throw new IOException("no connection");
    }

    @Override
    public void set(Map<String, List<String>> message, String name, String value)
        throws IOException {
      throw new IOException("read only");
    }
  };

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk = sdk(Sampler.alwaysOn());
  private final Tracing tracing = Tracing.using(sdk);
  private final MessageTrace<Map<String, List<String>>> orders =
      MessageTrace.of(tracing, "kafka", "orders", MAP);

  private OpenTelemetrySdk sdk(Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(sampler))
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build())
        .build();
  }

  @AfterEach
  void close() {
    sdk.close();
  }

  private static Map<String, List<String>> message() {
    return new HashMap<>();
  }

  private static Map<String, List<String>> messageOf(String trace, String span) {
    return Map.of("traceparent", List.of("00-" + trace + "-" + span + "-01"));
  }

  private SpanData spanNamed(String name) {
    return exported.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String currentTrace() {
    return Span.current().getSpanContext().getTraceId();
  }

  @Test
  void whoeverProcessesAMessageGoesOnWithItsSendersTrace() {
    Map<String, List<String>> message = message();
    List<String> seen = new ArrayList<>();
    Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
    try (Scope scope = request.makeCurrent()) {
      assertThat(orders.<String, RuntimeException>send(message, () -> currentTrace()))
          .isEqualTo(request.getSpanContext().getTraceId());
    }
    orders.process(message, () -> seen.add(currentTrace()));

    assertThat(seen).containsExactly(request.getSpanContext().getTraceId());
    SpanData sent = spanNamed("send orders");
    SpanData processed = spanNamed("process orders");
    assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
    assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(processed.getParentSpanId()).isEqualTo(sent.getSpanId());
    assertThat(processed.getLinks()).singleElement().satisfies(link -> assertThat(
            link.getSpanContext().getSpanId())
        .isEqualTo(sent.getSpanId()));
    assertThat(processed.getAttributes().asMap().toString())
        .contains(
            "messaging.system=kafka",
            "messaging.destination.name=orders",
            "messaging.operation.name=process",
            "messaging.operation.type=process");
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void aBatchIsOneSpanOfTheCurrentTraceLinkedToEachSenders() {
    Span poll = sdk.getTracer("test").spanBuilder("poll").startSpan();
    try (Scope scope = poll.makeCurrent()) {
      orders.processAll(
          List.of(
              messageOf(TRACE, "00f067aa0ba902b7"),
              message(),
              messageOf(TRACE, "00f067aa0ba902b8")),
          () -> assertThat(currentTrace()).isEqualTo(poll.getSpanContext().getTraceId()));
    }
    SpanData processed = spanNamed("process orders");
    assertThat(processed.getParentSpanId()).isEqualTo(poll.getSpanContext().getSpanId());
    assertThat(processed.getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly("00f067aa0ba902b7", "00f067aa0ba902b8");
    assertThat(processed.getAttributes().asMap().toString())
        .contains("messaging.batch.message_count=3");
  }

  @Test
  void aMessageWithoutATraceBeginsOneOrGoesOnWithTheCurrentOne() {
    orders.process(
        message(), () -> assertThat(Span.current().getSpanContext().isValid()).isTrue());
    Span poll = sdk.getTracer("test").spanBuilder("poll").startSpan();
    try (Scope scope = poll.makeCurrent()) {
      orders.process(message(), () -> assertThat(currentTrace())
          .isEqualTo(poll.getSpanContext().getTraceId()));
    }
    assertThat(exported.getFinishedSpanItems())
        .extracting(span -> span.getLinks().size())
        .containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\u0000",
        "\u00e9\ud83d\ude00\r\nX: y"
      })
  void whatIsNoTraceContextBeginsATrace(String forged) {
    orders.process(
        Map.of("traceparent", List.of(forged)),
        () -> assertThat(currentTrace()).isNotEqualTo(TRACE).hasSize(32));
    assertThat(exported.getFinishedSpanItems()).hasSize(1);
  }

  @Test
  void aRepeatedTraceparentIsNone() {
    String one = messageOf(TRACE, "00f067aa0ba902b7").get("traceparent").get(0);
    orders.process(Map.of("traceparent", List.of(one, one)), () -> assertThat(currentTrace())
        .isNotEqualTo(TRACE));
  }

  @Test
  void aSendersTraceThatIsNotSampledIsGoneOnWithAndNotRecorded() {
    orders.process(Map.of("traceparent", List.of("00-" + TRACE + "-00f067aa0ba902b7-00")), () -> {
      assertThat(currentTrace()).isEqualTo(TRACE);
      Map<String, List<String>> next = message();
      orders.inject(next);
      assertThat(next.get("traceparent").get(0)).startsWith("00-" + TRACE).endsWith("-00");
    });
    assertThat(exported.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void whatTheHandlerThrowsArrivesUnchangedAndTheSpanSaysSo() {
    IOException broken = new IOException("broken");
    assertThatThrownBy(() -> orders.process(message(), () -> {
          throw broken;
        }))
        .isSameAs(broken);
    SpanData processed = spanNamed("process orders");
    assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(processed.getAttributes().asMap().toString())
        .contains("error.type=java.io.IOException");
  }

  @Test
  void headersThatCannotBeReadOrWrittenCostTheTraceAndNotTheMessage() {
    MessageTrace<Map<String, List<String>>> broken =
        MessageTrace.of(tracing, "jms", "orders", BROKEN);
    List<String> done = new ArrayList<>();
    broken.<Boolean, RuntimeException>send(message(), () -> done.add("sent"));
    broken.process(message(), () -> done.add("processed"));
    assertThat(done).containsExactly("sent", "processed");
    assertThat(tracing.droppedSpans()).isEqualTo(2);
  }
}
