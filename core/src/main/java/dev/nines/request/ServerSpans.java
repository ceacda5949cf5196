package dev.nines.request;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server span says, by OpenTelemetry's conventions. Most is written when the request ends, and only if somebody keeps it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span">HTTP server span</a>
 */
final class ServerSpans {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> PROTOCOL_VERSION =
      AttributeKey.stringKey("network.protocol.version");
  private static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("request_id");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");

  /** The name that it has on log lines, too. */
  private static final AttributeKey<Boolean> SLO_BROKEN = AttributeKey.booleanKey("slo_broken");

  private ServerSpans() {}

  /**
   * Starts one, with what samplers should know of it.
   *
   * @param epochNanos when it began, in nanoseconds since 1970; 0 is now
   */
  static Span start(
      Tracer tracer, HttpMethod method, Route route, Context parent, long epochNanos) {
    SpanBuilder span = tracer
        .spanBuilder(route.spanName(method))
        .setSpanKind(SpanKind.SERVER)
        .setParent(parent)
        .setAttribute(METHOD, method.label());
    if (route.isKnown()) {
      span.setAttribute(ROUTE, route.template());
    }
    if (epochNanos != 0) {
      span.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS);
    }
    return span.startSpan();
  }

  /**
   * Writes a route that was learnt after the start. None is told, too, as metrics tell it: the one that was told before could not
   * be taken back.
   */
  static void reroute(Span span, HttpMethod method, Route route) {
    span.updateName(route.spanName(method));
    span.setAttribute(ROUTE, route.template());
  }

  /** Writes everything: also what {@link #start} does, if the span was started by others. */
  static void describeWhole(Span span, Exchange exchange) {
    span.setAttribute(METHOD, exchange.method().label());
    if (exchange.route().isKnown()) {
      span.setAttribute(ROUTE, exchange.route().template());
    }
    describe(span, exchange);
  }

  /** Writes what is known at the end, and was not at the {@link #start}. */
  static void describe(Span span, Exchange exchange) {
    describeRequest(span, exchange);
    describeAnswer(span, exchange);
  }

  private static void describeRequest(Span span, Exchange exchange) {
    set(span, SCHEME, exchange.scheme());
    set(span, PATH, exchange.target());
    set(span, CLIENT, exchange.client());
    set(span, TENANT, exchange.tenant());
    set(span, REQUEST_ID, exchange.requestId());
    SpanContext left = exchange.link();
    if (left != null) {
      span.addLink(left);
    }
    set(span, PROTOCOL_VERSION, versionOf(exchange.protocol()));
  }

  private static void describeAnswer(Span span, Exchange exchange) {
    if (exchange.status() != 0) {
      span.setAttribute(STATUS, (long) exchange.status());
    }
    set(span, ERROR_TYPE, exchange.errorType());
    Throwable error = exchange.error();
    if (error != null) {
      span.recordException(error);
    }
    if (exchange.sloBroken()) {
      span.setAttribute(SLO_BROKEN, true);
    }
    if (exchange.outcome().bad()) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  private static @Nullable String versionOf(@Nullable String protocol) {
    return protocol == null ? null : protocol.substring(protocol.indexOf('/') + 1);
  }

  private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }
}
