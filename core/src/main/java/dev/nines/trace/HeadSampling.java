package dev.nines.trace;

import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request's trace is sampled, as {@code OTEL_TRACES_SAMPLER} says. Decided before there is a span, and for a trace
 * that begins here before there is an id: the id is drawn to fit, so that whoever samples by ids decides the same.
 *
 * <p>Immutable and thread-safe.
 *
 * @param parentBased whether the caller's decision is kept
 * @param ratio of the traces whose callers have not decided, 0 to 1
 */
record HeadSampling(boolean parentBased, double ratio) {

  private static final String NAME = "OTEL_TRACES_SAMPLER";
  private static final String RATIO = "OTEL_TRACES_SAMPLER_ARG";
  private static final String PARENT_BASED = "parentbased_";

  private static final Set<String> KNOWN = Set.of(
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio");

  static HeadSampling of(Variables variables) {
    String name = variables.choice("parentbased_always_on", KNOWN, NAME);
    boolean parentBased = name.startsWith(PARENT_BASED);
    double ratio =
        switch (parentBased ? name.substring(PARENT_BASED.length()) : name) {
          case "always_on" -> 1;
          case "always_off" -> 0;
          default -> variables.ratio(1, RATIO);
        };
    return new HeadSampling(parentBased, ratio);
  }

  /** Returns OpenTelemetry's sampler that decides the same, for spans that requests have no part in. */
  Sampler sampler() {
    Sampler root = ratio == 1
        ? Sampler.alwaysOn()
        : ratio == 0 ? Sampler.alwaysOff() : Sampler.traceIdRatioBased(ratio);
    return parentBased ? Sampler.parentBased(root) : root;
  }

  /** Decides on a request with that {@code traceparent}; null is one that begins a trace. */
  boolean samples(@Nullable String caller) {
    if (caller != null && parentBased) {
      return Traceparent.isSampled(caller);
    }
    if (ratio == 0 || ratio == 1) {
      return ratio == 1;
    }
    return caller == null
        ? ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) < bound()
        : Math.abs(Traceparent.lowBits(caller)) < bound();
  }

  /** Draws the id of a trace that begins here, once that is decided. */
  String traceId(boolean sampled) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long distance = sampled ? random.nextLong(bound()) : random.nextLong(bound(), Long.MAX_VALUE);
    long low = random.nextBoolean() ? distance : -distance;
    return TraceId.fromLongs(random.nextLong() | 1, low); // all zero would be no id
  }

  /**
   * Returns what the last 64 bits of a sampled id lie below, whatever their sign.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/sdk/#traceidratiobased">TraceIdRatioBased</a>, and
   *     OpenTelemetry's sampler for Java, with which this agrees
   */
  private long bound() {
    return (long) (ratio * Long.MAX_VALUE);
  }
}
