package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;
import org.jspecify.annotations.Nullable;

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
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private ClientSpan() {}

  static Span start(
      Tracing tracing, Context parent, String dependency, @Nullable HttpCall<?> http) {
    try {
      Span span = tracing
          .tracer()
          .spanBuilder(http == null ? dependency : spanName(http.method()))
          .setSpanKind(SpanKind.CLIENT)
          .setParent(parent)
          .startSpan();
      if (span.isRecording()) {
        span.setAttribute(PEER, dependency);
        if (http != null) {
          span.setAttribute(METHOD, http.method().label());
          describe(span, http.uri());
        }
      }
      return span;
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  static void end(Tracing tracing, Span span, int status, @Nullable String errorType) {
    try {
      if (span.isRecording()) {
        if (status != 0) {
          span.setAttribute(STATUS, (long) status);
        }
        if (errorType != null) {
          span.setAttribute(ERROR, errorType);
          span.setStatus(StatusCode.ERROR);
        }
      }
      span.end();
    } catch (RuntimeException e) { // the user's processors run in there
      tracing.spanFailed(e);
    }
  }

  private static String spanName(HttpMethod method) {
    return method == HttpMethod.OTHER ? "HTTP" : method.label();
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
