package dev.nines.spring;

import org.springframework.core.PriorityOrdered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells the answer of what only Spring's own exchange knows: route and exception. Before all other filters. */
final class ReactiveAnswers implements WebFilter, PriorityOrdered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.deferContextual(view -> {
      if (!view.hasKey(ReactiveAnswer.class)) {
        return chain.filter(exchange);
      }
      ReactiveAnswer answer = view.get(ReactiveAnswer.class);
      answer.serves(exchange);
      return chain.filter(exchange).doOnError(answer::threw);
    });
  }
}
