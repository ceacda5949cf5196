package dev.nines.spring;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Guards the requests of {@code WebClient} to declared dependencies, and traces all others. Before all other filters: what they
 * do belongs to the call, which lasts until the headers of the answer are there. Thread-safe.
 */
final class GuardedExchanges implements ExchangeFilterFunction {

  private final CallRules rules;

  GuardedExchanges(CallRules rules) {
    this.rules = rules;
  }

  @Override
  public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
    return Mono.deferContextual(view -> {
      Tracing tracing = rules.tracing();
      Guard guard = rules.guard(request.url(), request.attributes());
      Context context = ReactiveContext.of(view);
      if (guard != null && tracing != null) {
        return isCalling(guard, context)
            ? next.exchange(sent(tracing, request, context))
            : guarded(guard, request, next, view);
      }
      boolean traced = request.headers().getFirst(SpringCalls.TRACEPARENT) != null;
      return tracing == null || traced
          ? next.exchange(request)
          : traced(tracing, request, next, context);
    });
  }

  private static boolean isCalling(Guard guard, Context context) {
    try (Scope scope = context.makeCurrent()) {
      return guard.isCalling();
    }
  }

  private static ClientRequest sent(Tracing tracing, ClientRequest request, Context context) {
    return ClientRequest.from(request)
        .headers(headers -> SpringCalls.inject(tracing, context, headers))
        .build();
  }

  private static Mono<ClientResponse> guarded(
      Guard guard, ClientRequest request, ExchangeFunction next, ContextView view) {
    HttpCall<ClientResponse> call = SpringCalls.call(
        request.method().name(),
        request.url(),
        request.headers(),
        answer -> answer.statusCode().value(),
        answer -> answer.headers().asHttpHeaders());
    HeldExchange held = new HeldExchange();
    CompletableFuture<ClientResponse> answer;
    try (Scope scope = ReactiveContext.of(view).makeCurrent()) {
      answer = guard.httpAsync(call, attempt -> {
        Context within = Context.current();
        return held.begin(
            next.exchange(prepared(request, attempt)),
            reactor.util.context.Context.of(view).put(ReactiveContext.KEY, within));
      });
    }
    answer.whenComplete((response, thrown) -> {
      if (thrown != null) {
        held.release();
      }
    });
    return Mono.fromFuture(answer).doOnDiscard(ClientResponse.class, HeldExchange::release);
  }

  private static ClientRequest prepared(ClientRequest request, Attempt attempt) {
    return ClientRequest.from(request)
        .headers(headers -> SpringCalls.inject(attempt, headers))
        .build();
  }

  private static Mono<ClientResponse> traced(
      Tracing tracing, ClientRequest request, ExchangeFunction next, Context parent) {
    Span span = ClientSpans.start(tracing, parent, request.method().name(), request.url());
    Context within = parent.with(span);
    return next.exchange(sent(tracing, request, within))
        .doOnNext(
            answer -> ClientSpans.answered(tracing, span, answer.statusCode().value()))
        .doOnError(thrown -> ClientSpans.failed(tracing, span, thrown))
        .doOnCancel(() -> ClientSpans.cancelled(tracing, span))
        .contextWrite(context -> context.put(ReactiveContext.KEY, within));
  }
}
