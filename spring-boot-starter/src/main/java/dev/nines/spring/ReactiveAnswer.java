package dev.nines.spring;

import dev.nines.http.HttpAdapters;
import dev.nines.request.Exchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.pattern.PathPattern;

/**
 * How far the answer to one reactive request has come; it ends the exchange, once. What is told here comes from one signal after
 * another, on whichever threads.
 */
final class ReactiveAnswer {

  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  /** Where static files are looked for when nothing else matched: nothing is found there mostly. */
  private static final String EVERYTHING = "/**";

  private final HttpAdapters adapters;
  private final Exchange exchange;
  private final ServerHttpResponse response;
  private volatile @Nullable ServerWebExchange served;
  private volatile @Nullable Throwable thrown;
  private volatile @Nullable Throwable bodyFailure;
  private volatile @Nullable Throwable lost;
  private volatile long read;
  private volatile long written;

  ReactiveAnswer(HttpAdapters adapters, Exchange exchange, ServerHttpResponse response) {
    this.adapters = adapters;
    this.exchange = exchange;
    this.response = response;
  }

  ServerHttpRequest observed(ServerHttpRequest request) {
    return new ObservedReactiveRequest(request, this);
  }

  ServerHttpResponse observed(ServerHttpResponse answered) {
    return new ObservedReactiveResponse(answered, this);
  }

  /** Hears what Spring serves the request as, from which the route is read. */
  void serves(ServerWebExchange exchangeOfSpring) {
    served = exchangeOfSpring;
  }

  /** Hears what left the filters, before an exception handler makes an answer of it. */
  void threw(Throwable cause) {
    thrown = cause;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // signals come one after another
  void read(long bytes) {
    read += bytes;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // signals come one after another
  void wrote(long bytes) {
    written += bytes;
  }

  /** Hears that the request's body could not be read. */
  void readFailed(Throwable cause) {
    lost(cause);
  }

  /** Hears that what is to be sent could not be made: no fault of the connection. */
  void bodyFailed(Throwable cause) {
    bodyFailure = cause;
  }

  /** Hears that the answer could not be written. */
  void writeFailed(Throwable cause) {
    if (cause != bodyFailure) {
      lost(cause);
    }
  }

  /** Hears that the server stopped asking for more of the answer, and took that for its end. */
  void notTaken() {
    lost = new IOException("The client did not take the answer");
  }

  private void lost(Throwable cause) {
    if (DisconnectedClientHelper.isClientDisconnectedException(cause)) {
      lost = cause;
    }
  }

  /** Hears that the answer is sent, whoever made it. */
  void completed() {
    if (lost != null) {
      abort(lost);
      return;
    }
    tell();
    Throwable cause = thrown;
    if (cause != null && status() >= SERVER_ERROR) {
      fail(status(), cause);
    } else {
      exchange.end(status());
    }
  }

  /** Hears that the answer broke off, or that nobody made one. */
  void failed(Throwable cause) {
    if (lost != null) {
      abort(lost);
      return;
    }
    tell();
    Throwable first = thrown;
    fail(response.isCommitted() ? status() : SERVER_ERROR, first == null ? cause : first);
  }

  /** Hears that the client is gone. */
  void cancelled() {
    abort(lost);
  }

  private void abort(@Nullable Throwable cause) {
    tell();
    exchange.abort(response.isCommitted() ? status() : 0, cause);
  }

  private void fail(int status, Throwable cause) {
    if (!exchange.hasEnded()) {
      adapters.handlerFailed(exchange, cause);
    }
    exchange.fail(status, cause);
  }

  private int status() {
    HttpStatusCode status = response.getStatusCode();
    return status == null ? OK : status.value();
  }

  private void tell() {
    if (!exchange.hasEnded()) {
      exchange.requestBytes(read);
      exchange.responseBytes(written);
      String template = template();
      if (template != null) {
        exchange.route(adapters.requests().routes().route(template));
      }
    }
  }

  private @Nullable String template() {
    ServerWebExchange known = served;
    Object pattern =
        known == null ? null : known.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (known == null || pattern == null) {
      return null;
    }
    String text =
        pattern instanceof PathPattern parsed ? parsed.getPatternString() : pattern.toString();
    boolean unmatched = EVERYTHING.equals(text)
        && known.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
            instanceof ResourceWebHandler;
    return unmatched ? null : known.getRequest().getPath().contextPath().value() + text;
  }
}
