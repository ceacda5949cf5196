package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadSamplingTest {

  private static final int TRACES = 20_000;

  private static HeadSampling sampling(String sampler, double ratio) {
    return HeadSampling.of(new Variables(
        Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", Double.toString(ratio))));
  }

  private static boolean openTelemetrySamples(Sampler sampler, String traceId) {
    return sampler
            .shouldSample(
                Context.root(), traceId, "x", SpanKind.SERVER, Attributes.empty(), List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.999, 1})
  void whoeverSamplesByTheIdDecidesTheSame(double ratio) {
    HeadSampling sampling = sampling("traceidratio", ratio);
    Sampler theirs = Sampler.traceIdRatioBased(ratio);
    for (int i = 0; i < TRACES; i++) {
      boolean sampled = sampling.samples(null);
      String traceId = sampling.traceId(sampled);

      assertThat(TraceId.isValid(traceId)).isTrue();
      assertThat(openTelemetrySamples(theirs, traceId)).as(traceId).isEqualTo(sampled);
      assertThat(sampling.samples(caller(traceId, "00"))).as(traceId).isEqualTo(sampled);
    }
  }

  @Test
  void asManyAreSampledAsTheRatioSays() {
    HeadSampling sampling = sampling("parentbased_traceidratio", 0.25);

    long sampled =
        IntStream.range(0, TRACES).filter(i -> sampling.samples(null)).count();

    assertThat(sampled / (double) TRACES).isCloseTo(0.25, within(0.03)); // ten standard deviations
  }

  @Test
  void aCallersDecisionIsKeptOnlyByTheSamplersThatSaySo() {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    for (double ratio : new double[] {0, 0.5, 1}) {
      assertThat(sampling("parentbased_traceidratio", ratio).samples(caller(traceId, "01")))
          .isTrue();
      assertThat(sampling("parentbased_traceidratio", ratio).samples(caller(traceId, "02")))
          .isFalse();
    }
    assertThat(sampling("always_on", 1).samples(caller(traceId, "00"))).isTrue();
    assertThat(sampling("always_off", 1).samples(caller(traceId, "01"))).isFalse();
  }

  private static @Nullable String caller(String traceId, String flags) {
    return Traceparent.parse("00-" + traceId + "-00f067aa0ba902b7-" + flags);
  }
}
