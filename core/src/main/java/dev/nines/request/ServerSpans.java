package dev.nines.request;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What a server span says, by OpenTelemetry's conventions. Written when the request ends, and only if somebody keeps it.
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

  static void describe(Span span, Exchange exchange) {
    describeRequest(span, exchange);
    describeAnswer(span, exchange);
  }

  private static void describeRequest(Span span, Exchange exchange) {
    span.setAttribute(METHOD, exchange.method().label());
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
    if (!exchange.route().template().equals(Route.OTHER)) {
      span.setAttribute(ROUTE, exchange.route().template());
    }
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
