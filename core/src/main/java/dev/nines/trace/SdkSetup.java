package dev.nines.trace;

import dev.nines.targets.TraceRules;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Our SDK, built from the environment; every variable is read here or in what this calls, once, at the start. Its spans come
 * from up to three providers with one exporter: that of OpenTelemetry's API samples as the variables say, that of the
 * {@link Entrance} and that of {@link LateSpans} make spans whose sampling is decided.
 *
 * @param entrance null if the SDK is disabled
 * @param late null if nothing is exported, or no request is to be kept
 */
record SdkSetup(
    OpenTelemetry openTelemetry,
    @Nullable Entrance entrance,
    @Nullable LateSpans late) {

  private static final ContextPropagators PROPAGATORS =
      ContextPropagators.create(Propagators.w3c());

  static SdkSetup of(
      Variables variables,
      ServiceIdentity identity,
      TimeSource time,
      TraceRules rules,
      LongAdder dropped) {
    if (variables.flag("OTEL_SDK_DISABLED")) {
      return new SdkSetup(OpenTelemetry.propagating(PROPAGATORS), null, null);
    }
    HeadSampling sampling = HeadSampling.of(variables);
    Resource resource = resource(variables, identity);
    Optional<SpanProcessor> export = SpanExport.of(variables, dropped);
    TimeSourceClock clock = new TimeSourceClock(time);
    Supplier<SdkTracerProviderBuilder> spans = () -> {
      SdkTracerProviderBuilder builder =
          SdkTracerProvider.builder().setClock(clock).setResource(resource);
      export.ifPresent(builder::addSpanProcessor);
      return builder;
    };
    return new SdkSetup(
        OpenTelemetrySdk.builder()
            .setTracerProvider(spans.get().setSampler(sampling.sampler()).build())
            .setPropagators(PROPAGATORS)
            .build(),
        Entrance.of(sampling, export.isPresent(), clock, spans.get()),
        export.isPresent() ? LateSpans.of(rules, time, spans.get()) : null);
  }

  /** Returns who speaks; the identity, which the builder made of all sources, goes before the variable. */
  static Resource resource(Variables variables, ServiceIdentity identity) {
    AttributesBuilder attributes = Attributes.builder();
    variables.pairs("OTEL_RESOURCE_ATTRIBUTES").forEach(attributes::put);
    attributes.put("service.name", identity.service());
    attributes.put("service.version", identity.version());
    attributes.put("service.instance.id", identity.instance());
    attributes.put("deployment.environment.name", identity.environment());
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
