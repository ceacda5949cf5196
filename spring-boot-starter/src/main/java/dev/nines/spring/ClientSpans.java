package dev.nines.spring;

import dev.nines.request.HttpMethod;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.URI;

/**
 * The client span of a call to what is no declared dependency. Nothing here throws: the call goes on untraced.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client">HTTP client spans</a>
 */
final class ClientSpans {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final int BAD_REQUEST = 400;

  private ClientSpans() {}

  static Span start(Tracing tracing, Context parent, String methodName, URI uri) {
    try {
      HttpMethod method = HttpMethod.of(methodName);
      Span span = tracing
          .tracer()
          .spanBuilder(method == HttpMethod.OTHER ? "HTTP" : method.label())
          .setSpanKind(SpanKind.CLIENT)
          .setParent(parent)
          .startSpan();
      if (span.isRecording()) {
        span.setAttribute(METHOD, method.label());
        describe(span, uri);
      }
      return span;
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  /** Leaves out user info and query: that is where secrets stand. */
  private static void describe(Span span, URI uri) {
    Address server = Address.server(uri);
    if (server != null) {
      span.setAttribute(ADDRESS, server.host());
      span.setAttribute(PORT, (long) server.port());
      String port = uri.getPort() >= 0 ? ":" + uri.getPort() : "";
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      span.setAttribute(URL, server.scheme() + "://" + server.host() + port + path);
    }
  }

  static void answered(Tracing tracing, Span span, int status) {
    try {
      span.setAttribute(STATUS, (long) status);
      if (status >= BAD_REQUEST) {
        span.setAttribute(ERROR, Integer.toString(status));
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    } catch (RuntimeException e) {
      tracing.spanFailed(e);
    }
  }

  static void failed(Tracing tracing, Span span, Throwable thrown) {
    try {
      span.setAttribute(ERROR, thrown.getClass().getName());
      span.setStatus(StatusCode.ERROR);
      span.end();
    } catch (RuntimeException e) {
      tracing.spanFailed(e);
    }
  }

  static void cancelled(Tracing tracing, Span span) {
    try {
      span.end();
    } catch (RuntimeException e) {
      tracing.spanFailed(e);
    }
  }
}
