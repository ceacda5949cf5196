package dev.nines.spring;

import dev.nines.http.HttpAdapters;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import io.opentelemetry.context.Scope;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Puts an exchange around each request of a reactive server, outside of every filter and exception handler: it ends when the
 * answer is sent, breaks off, or the client is gone. Thread-safe.
 */
final class ReactiveRequests implements HttpHandler {

  private final HttpAdapters adapters;
  private final Predicate<String> unobserved;
  private final HttpHandler next;

  /** @param unobserved paths of probes and scrapers, which are no requests */
  ReactiveRequests(HttpAdapters adapters, Predicate<String> unobserved, HttpHandler next) {
    this.adapters = adapters;
    this.unobserved = unobserved;
    this.next = next;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    if (unobserved.test(request.getPath().value())) {
      return next.handle(request, response);
    }
    Exchange exchange = begin(request);
    exchange.answerHeaders(response.getHeaders(), SpringCalls.SETTER);
    return adapters.accepting() ? served(exchange, request, response) : refused(exchange, response);
  }

  private Exchange begin(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    Exchange exchange = adapters
        .requests()
        .begin(
            HttpMethod.of(request.getMethod().name()),
            adapters.requests().routes().other(),
            headers,
            ReactiveHeaders.INSTANCE);
    exchange.target(request.getURI().getRawPath());
    exchange.query(request.getURI().getRawQuery());
    exchange.scheme(request.getSslInfo() == null ? "http" : "https");
    InetSocketAddress peer = request.getRemoteAddress();
    if (peer != null) {
      adapters.nameClient(exchange, peer, headers, ReactiveHeaders.INSTANCE);
    }
    exchange.resolveTenant();
    return exchange;
  }

  private Mono<Void> served(
      Exchange exchange, ServerHttpRequest request, ServerHttpResponse response) {
    ReactiveAnswer answer = new ReactiveAnswer(adapters, exchange, response);
    return Mono.defer(() -> {
          try (Scope current = exchange.context().makeCurrent()) {
            return next.handle(answer.observed(request), answer.observed(response));
          }
        })
        .doOnSuccess(nothing -> answer.completed())
        .doOnError(answer::failed)
        .doOnCancel(answer::cancelled)
        .contextWrite(context ->
            context.put(ReactiveContext.KEY, exchange.context()).put(ReactiveAnswer.class, answer));
  }

  private static Mono<Void> refused(Exchange exchange, ServerHttpResponse response) {
    response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
    response.getHeaders().set(HttpHeaders.CONNECTION, "close");
    return response
        .setComplete()
        .doFinally(end -> exchange.reject(HttpStatus.SERVICE_UNAVAILABLE.value()));
  }
}
