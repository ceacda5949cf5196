package dev.nines.http;

import dev.nines.dependency.Attempt;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a call's time, as the configuration of its request, from whichever configuration would hold without it.
 * The client writes that into the caller's context, from where this takes it again: it is another call's next.
 */
final class ApacheTimeouts implements AutoCloseable {

  private final @Nullable HttpClientContext context;
  private final @Nullable RequestConfig before;

  private ApacheTimeouts(@Nullable HttpClientContext context, @Nullable RequestConfig before) {
    this.context = context;
    this.before = before;
  }

  static ApacheTimeouts set(
      HttpUriRequestBase sent,
      HttpRequest request,
      @Nullable HttpContext context,
      Object client,
      Attempt attempt) {
    HttpClientContext theirs = context == null ? null : HttpClientContext.cast(context);
    RequestConfig ofContext = theirs == null ? null : theirs.getRequestConfig();
    RequestConfig ofRequest = configOf(request);
    RequestConfig ofClient = configOf(client);
    RequestConfig own = ofRequest != null
        ? ofRequest
        : ofContext != null ? ofContext : ofClient != null ? ofClient : RequestConfig.DEFAULT;
    sent.setConfig(RequestConfig.copy(own)
        .setConnectionRequestTimeout(shorter(own.getConnectionRequestTimeout(), attempt))
        .setResponseTimeout(shorter(own.getResponseTimeout(), attempt))
        .build());
    return new ApacheTimeouts(theirs, ofContext);
  }

  private static @Nullable RequestConfig configOf(Object configurable) {
    return configurable instanceof Configurable c ? c.getConfig() : null;
  }

  private static Timeout shorter(@Nullable Timeout own, Attempt attempt) {
    long ownNanos = own == null ? 0 : own.toNanoseconds();
    return Timeout.ofNanoseconds(ClientCalls.timeoutNanos(attempt, ownNanos));
  }

  @Override
  public void close() {
    if (context != null) {
      context.setRequestConfig(before);
    }
  }
}
