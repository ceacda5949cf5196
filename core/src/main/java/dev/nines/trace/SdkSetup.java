package dev.nines.trace;

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
import java.util.concurrent.atomic.LongAdder;

/** Builds our SDK from the environment; every variable is read here or in what this calls, once, at the start. */
final class SdkSetup {

  private SdkSetup() {}

  static OpenTelemetry of(
      Variables variables, ServiceIdentity identity, TimeSource time, LongAdder dropped) {
    ContextPropagators propagators = ContextPropagators.create(Propagators.w3c());
    if (variables.flag("OTEL_SDK_DISABLED")) {
      return OpenTelemetry.propagating(propagators);
    }
    SdkTracerProviderBuilder provider = SdkTracerProvider.builder()
        .setClock(new TimeSourceClock(time))
        .setResource(resource(variables, identity))
        .setSampler(Samplers.of(variables));
    SpanExport.of(variables, dropped).ifPresent(provider::addSpanProcessor);
    return OpenTelemetrySdk.builder()
        .setTracerProvider(provider.build())
        .setPropagators(propagators)
        .build();
  }

  /** Returns who speaks; the identity, which the builder made of all sources, goes before the variable. */
  private static Resource resource(Variables variables, ServiceIdentity identity) {
    AttributesBuilder attributes = Attributes.builder();
    variables.pairs("OTEL_RESOURCE_ATTRIBUTES").forEach(attributes::put);
    attributes.put("service.name", identity.service());
    attributes.put("service.version", identity.version());
    attributes.put("service.instance.id", identity.instance());
    attributes.put("deployment.environment.name", identity.environment());
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
