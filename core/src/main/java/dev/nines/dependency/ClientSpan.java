package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;

/**
 * The client span of an attempt. Attributes are made only for a span that records.
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
      Span span = tracing
          .tracer()
          .spanBuilder(name(call))
          .setSpanKind(SpanKind.CLIENT)
          .setParent(parent)
          .startSpan();
      if (span.isRecording()) {
        describe(span, call);
      }
      return span;
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  static void end(Tracing tracing, Span span, Call call) {
    try {
      if (span.isRecording()) {
        describeEnd(span, call);
      }
      span.end();
    } catch (RuntimeException e) { // the user's processors run in there
      tracing.spanFailed(e);
    }
  }

  static String name(Call call) {
    HttpMethod method = call.method();
    return method == null
        ? call.protection.name()
        : method == HttpMethod.OTHER ? "HTTP" : method.label();
  }

  /** Writes what is known before the call. */
  static void describe(Span span, Call call) {
    HttpMethod method = call.method();
    span.setAttribute(PEER, call.protection.name());
    if (call.resends() > 0) {
      span.setAttribute(method == null ? RETRY : RESEND, (long) call.resends());
    }
    URI uri = call.uri();
    if (method != null && uri != null) {
      span.setAttribute(METHOD, method.label());
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
  private static void describe(Span span, URI uri) {
    String host = uri.getHost();
    if (host != null) {
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
      span.setAttribute(ADDRESS, host);
      span.setAttribute(PORT, (long) port);
      span.setAttribute(
          URL,
          uri.getScheme() + "://" + host + (uri.getPort() >= 0 ? ":" + port : "")
              + uri.getRawPath());
    }
  }
}
