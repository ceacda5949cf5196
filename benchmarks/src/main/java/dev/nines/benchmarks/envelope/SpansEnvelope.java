package dev.nines.benchmarks.envelope;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/**
 * Only the spans of a request and its call, as OpenTelemetry makes them by itself, with the attributes of ours: no metrics, no
 * breaker, no lines.
 */
final class SpansEnvelope implements Envelope {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE_KEY = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final SilentReceiver receiver = new SilentReceiver();
  private final SdkTracerProvider spans =
      SdkTracerProvider.builder().addSpanProcessor(receiver.processor()).build();
  private final Tracer tracer = spans.get("benchmark");
  private final W3CTraceContextPropagator propagator = W3CTraceContextPropagator.getInstance();

  @Override
  public int serve(Incoming headers, Downstream downstream) {
    Context parent = propagator.extract(Context.root(), headers, Incoming.GETTER);
    Span server = tracer
        .spanBuilder(SPAN)
        .setSpanKind(SpanKind.SERVER)
        .setParent(parent)
        .setAttribute(METHOD, "GET")
        .setAttribute(ROUTE_KEY, ROUTE)
        .startSpan();
    try (Scope current = parent.with(server).makeCurrent()) {
      int status = call(downstream);
      server.setAttribute(STATUS, (long) status);
      return status;
    } finally {
      server.end();
    }
  }

  private int call(Downstream downstream) {
    Span span = tracer
        .spanBuilder(DEPENDENCY)
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(PEER, DEPENDENCY)
        .startSpan();
    try (Scope current = span.makeCurrent()) {
      if (downstream.traced) {
        propagator.inject(Context.current(), downstream, Downstream.SETTER);
      }
      return downstream.answer();
    } finally {
      span.end();
    }
  }

  @Override
  public void close() {
    receiver.close();
    spans.close();
  }
}
