package dev.nines.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The newest answer of a call, which holds a connection: what nobody takes is released. Thread-safe. */
final class HeldExchange {

  private final AtomicReference<@Nullable ClientResponse> held = new AtomicReference<>();

  /** Sends a request; the answer before it is given up. Cancelling what is returned cancels the request. */
  CompletableFuture<ClientResponse> begin(Mono<ClientResponse> exchange, Context context) {
    release();
    CompletableFuture<ClientResponse> answer = new CompletableFuture<>();
    Disposable sent = exchange.subscribe(
        response -> {
          held.set(response);
          if (!answer.complete(response)) {
            release();
          }
        },
        answer::completeExceptionally,
        () -> answer.cancel(false), // without an answer, after which this does nothing
        context);
    answer.whenComplete((response, thrown) -> {
      if (answer.isCancelled()) {
        sent.dispose();
      }
    });
    return answer;
  }

  void release() {
    ClientResponse response = held.getAndSet(null);
    if (response != null) {
      release(response);
    }
  }

  static void release(ClientResponse response) {
    response.releaseBody().onErrorComplete().subscribe();
  }
}
