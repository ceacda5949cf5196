package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.testing.OthersSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** W3C goes first, and the user's own formats after it. */
class PropagationTest {

  private static final String OURS = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String THEIRS = "11111111111111111111111111111111";
  private static final String TRACEPARENT = "00-" + OURS + "-00f067aa0ba902b7-01";

  /** A format of the user's: one header with a trace id. */
  private static final class OwnFormat implements TextMapPropagator {
    @Override
    public Collection<String> fields() {
      return List.of("x-own");
    }

    @Override
    public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
      setter.set(carrier, "x-own", Span.fromContext(context).getSpanContext().getTraceId());
    }

    @Override
    public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
      String id = getter.get(carrier, "x-own");
      return id == null
          ? context
          : context.with(Span.wrap(SpanContext.createFromRemoteParent(
              id, "2222222222222222", TraceFlags.getSampled(), TraceState.getDefault())));
    }
  }

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

  /** All lines are of {@code traceparent}. */
  private enum InLines implements TextMapGetter<List<String>> {
    GETTER;

    @Override
    public Iterable<String> keys(List<String> carrier) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable List<String> carrier, String key) {
      return carrier == null || !key.equals("traceparent") ? null : carrier.get(0);
    }

    @Override
    public Iterator<String> getAll(@Nullable List<String> carrier, String key) {
      return carrier == null || !key.equals("traceparent")
          ? Collections.emptyIterator()
          : carrier.iterator();
    }
  }

  private static Tracing withOwnFormat() {
    return Tracing.using(OpenTelemetry.propagating(ContextPropagators.create(new OwnFormat())));
  }

  private static String traceId(Tracing tracing, Map<String, String> headers) {
    return Span.fromContext(tracing.extract(headers, InMap.GETTER))
        .getSpanContext()
        .getTraceId();
  }

  @Test
  void w3cWinsOverTheUsersFormatWhichServesAlone() {
    assertThat(traceId(withOwnFormat(), Map.of("traceparent", TRACEPARENT, "x-own", THEIRS)))
        .isEqualTo(OURS);
    assertThat(traceId(withOwnFormat(), Map.of("x-own", THEIRS))).isEqualTo(THEIRS);
    assertThat(traceId(withOwnFormat(), Map.of("traceparent", "nonsense", "x-own", THEIRS)))
        .isEqualTo(THEIRS);
  }

  @Test
  void bothFormatsGoOut() {
    Map<String, String> headers = new HashMap<>();
    Context caller = withOwnFormat().extract(Map.of("traceparent", TRACEPARENT), InMap.GETTER);

    withOwnFormat().propagator().inject(caller, headers, Map::put);

    assertThat(headers).containsEntry("traceparent", TRACEPARENT).containsEntry("x-own", OURS);
    assertThat(withOwnFormat().propagator().fields())
        .contains("traceparent", "tracestate", "baggage", "x-own");
  }

  @Test
  void theUsersW3cIsNotAskedASecondTime() {
    OpenTelemetry theirs = OpenTelemetry.propagating(
        ContextPropagators.create(W3CTraceContextPropagator.getInstance()));

    assertThat(Tracing.using(theirs).propagator()).isSameAs(Propagators.w3c());
  }

  @Test
  void theUsersW3cBesideOtherFormatsNeitherReadsNorWritesWhatIsOurs() {
    Tracing tracing = Tracing.using(OpenTelemetry.propagating(ContextPropagators.create(
        TextMapPropagator.composite(new OwnFormat(), W3CTraceContextPropagator.getInstance()))));
    Map<String, String> headers = new HashMap<>();
    String twice = "a=1,a=2";
    String keptByUs = "b=" + "v".repeat(200) + ",c=" + "v".repeat(200);
    String state = keptByUs + ",d=" + "v".repeat(200);

    Context caller = tracing.extract(
        Map.of("traceparent", TRACEPARENT, "tracestate", twice, "x-own", THEIRS), InMap.GETTER);
    assertThat(Span.fromContext(caller).getSpanContext().getTraceState().asMap())
        .containsExactly(Map.entry("a", "1"));
    caller = tracing.extract(List.of(TRACEPARENT, TRACEPARENT), InLines.GETTER);
    assertThat(Span.fromContext(caller).getSpanContext().isValid()).isFalse();

    caller = tracing.extract(Map.of("traceparent", TRACEPARENT, "tracestate", state), InMap.GETTER);
    tracing.propagator().inject(caller, headers, Map::put);
    assertThat(headers)
        .containsEntry("traceparent", TRACEPARENT)
        .containsEntry("tracestate", keptByUs)
        .containsEntry("x-own", OURS);
  }

  @Test
  void baggageIsReadAndWrittenWithinItsLimits() {
    String many =
        IntStream.range(0, 100).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    Map<String, String> headers = new HashMap<>();
    BaggageBuilder large = Baggage.builder();
    IntStream.range(0, 100).forEach(i -> large.put("k" + i, "v".repeat(200)));

    assertThat(baggage(many).size()).isEqualTo(64);
    assertThat(baggage("k=" + "v".repeat(8190)).size()).isEqualTo(1);
    assertThat(baggage("k=" + "v".repeat(8191)).isEmpty()).isTrue();
    assertThat(baggage("k=v,\0=\u00e9,%%%=;;,good=1").getEntryValue("good")).isEqualTo("1");
    Propagators.w3c().inject(Context.root().with(large.build()), headers, Map::put);
    assertThat(headers.get("baggage")).hasSizeBetween(7_900, 8_192);
    assertThat(headers.get("baggage").split(",")).hasSizeLessThanOrEqualTo(64);
  }

  private static Baggage baggage(String header) {
    return Baggage.fromContext(
        Propagators.w3c().extract(Context.root(), Map.of("baggage", header), InMap.GETTER));
  }

  @Test
  void aPropagatorThatFailsCostsTheTraceAndIsCounted() {
    Tracing tracing =
        Tracing.using(OpenTelemetry.propagating(ContextPropagators.create(new OwnFormat())));

    Context context =
        tracing.extract(Map.of("x-own", "x"), new TextMapGetter<Map<String, String>>() {
          @Override
          public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
          }

          @Override
          public String get(@Nullable Map<String, String> carrier, String key) {
            throw new IllegalStateException("no headers");
          }
        });

    assertThat(context).isSameAs(Context.root());
    assertThat(tracing.droppedSpans()).isEqualTo(1);
  }

  @Test
  void theUsersOpenTelemetryIsFlushedAndNeverClosed() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(spans)
                .setScheduleDelay(Duration.ofHours(1))
                .build())
            .build())
        .build();
    Tracing tracing = Tracing.using(sdk);
    OthersSpans.server(tracing, "a", Context.root()).end();

    tracing.close();
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    OthersSpans.server(tracing, "b", Context.root()).end();
    // OpenTelemetry's processor may take a flush for the one before, if that has just ended.
    await().until(() -> {
      tracing.close();
      return spans.getFinishedSpanItems().size() == 2;
    });
    sdk.close();
  }
}
