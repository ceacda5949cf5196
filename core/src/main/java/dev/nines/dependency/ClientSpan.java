package dev.nines.dependency;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The client span of an attempt. What is known before it is there when samplers are asked.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client">HTTP client spans</a>
 */
final class ClientSpan {

  private static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESEND =
      AttributeKey.longKey("http.request.resend_count");

  /** The same of a call that is no HTTP request, which the conventions have no name for. */
  private static final AttributeKey<Long> RETRY = AttributeKey.longKey("nines.retry");

  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private ClientSpan() {}

  static Span start(Tracing tracing, Context parent, Call call) {
    try {
      SpanBuilder span =
          tracing.tracer().spanBuilder(name(call)).setSpanKind(SpanKind.CLIENT).setParent(parent);
      describe(span::setAttribute, call);
      long epochNanos = epochNanos(parent, call.startNanos());
      if (epochNanos != 0) {
        span.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS);
      }
      return span.startSpan();
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  static void end(Tracing tracing, Span span, Call call) {
    try {
      describeEnd(span, call);
      long epochNanos = epochNanos(call.parent(), call.startNanos() + call.durationNanos());
      if (epochNanos == 0) {
        span.end();
      } else {
        span.end(epochNanos, TimeUnit.NANOSECONDS);
      }
    } catch (RuntimeException e) { // the user's processors run in there
      tracing.spanFailed(e);
    }
  }

  /** Returns the date of that time by the request's own; 0 outside of any, where OpenTelemetry reads its clock. */
  private static long epochNanos(Context parent, long nanos) {
    Exchange served = Exchange.from(parent);
    return served == null ? 0 : served.epochNanos(nanos);
  }

  static String name(Call call) {
    HttpMethod method = call.method();
    return method == null
        ? call.protection.name()
        : method == HttpMethod.OTHER ? "HTTP" : method.label();
  }

  /** Writes what is known before the call. */
  static void describe(Attributed span, Call call) {
    HttpMethod method = call.method();
    span.set(PEER, call.protection.name());
    if (call.resends() > 0) {
      span.set(method == null ? RETRY : RESEND, (long) call.resends());
    }
    URI uri = call.uri();
    if (method != null && uri != null) {
      span.set(METHOD, method.label());
      describe(span, uri);
    }
  }

  /** Writes what came of it. */
  static void describeEnd(Span span, Call call) {
    String errorType = call.errorType();
    if (call.status() != 0) {
      span.setAttribute(STATUS, (long) call.status());
    }
    if (errorType != null) {
      span.setAttribute(ERROR, errorType);
      span.setStatus(StatusCode.ERROR);
    }
  }

  /** Leaves out user info and query: that is where secrets stand. */
  private static void describe(Attributed span, URI uri) {
    String host = uri.getHost();
    if (host != null) {
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
      span.set(ADDRESS, host);
      span.set(PORT, (long) port);
      span.set(
          URL,
          uri.getScheme() + "://" + host + (uri.getPort() >= 0 ? ":" + port : "")
              + uri.getRawPath());
    }
  }

  /** What attributes are written into: a span, or what one is made of. */
  @FunctionalInterface
  interface Attributed {
    <T> void set(AttributeKey<T> key, T value);
  }
}
