package dev.nines.benchmarks.envelope;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/** The two spans of a sampled request and its call as OpenTelemetry makes them by itself, with the attributes of ours. */
final class OtelSpans implements AutoCloseable {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final SdkTracerProvider spans = SdkTracerProvider.builder().build();
  private final Tracer tracer = spans.get("benchmark");

  void serve(Incoming headers) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Incoming.GETTER);
    Span server = tracer
        .spanBuilder(Envelope.SPAN)
        .setSpanKind(SpanKind.SERVER)
        .setParent(parent)
        .startSpan();
    try (Scope current = parent.with(server).makeCurrent()) {
      Span call =
          tracer.spanBuilder(Envelope.DEPENDENCY).setSpanKind(SpanKind.CLIENT).startSpan();
      call.setAttribute(PEER, Envelope.DEPENDENCY);
      try (Scope within = call.makeCurrent()) {
        call.end();
      }
    }
    server.setAttribute(METHOD, "GET");
    server.setAttribute(ROUTE, Envelope.ROUTE);
    server.setAttribute(STATUS, 200L);
    server.end();
  }

  @Override
  public void close() {
    spans.close();
  }
}
