package dev.nines.examples.webflux;

import dev.nines.dependency.GuardException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Quotes of items. A call to the service of prices is guarded because it goes to that address. */
@RestController
class QuoteController {

  private static final Logger LOG = LoggerFactory.getLogger(QuoteController.class);

  private final WebClient prices;

  QuoteController(WebClient.Builder clients, @Value("${prices.url}") String url) {
    this.prices = clients.baseUrl(url).build();
  }

  @GetMapping("/hello")
  Mono<String> hello() {
    return Mono.just("hello\n");
  }

  /** Quotes an item; without a price where that is not to be had. */
  @GetMapping("/quotes/{item}")
  Mono<Quote> quote(@PathVariable("item") String item) {
    return prices
        .get()
        .uri("/prices/{item}", item)
        .retrieve()
        .bodyToMono(Integer.class)
        .map(cents -> new Quote(item, cents))
        .doOnNext(quote -> LOG.info("Quoted {}", item))
        .onErrorResume(QuoteController::isOutage, thrown -> {
          LOG.warn("No price for {}: {}", item, thrown.toString());
          return Mono.just(new Quote(item, null));
        });
  }

  private static boolean isOutage(Throwable thrown) {
    return thrown instanceof WebClientException || thrown instanceof GuardException;
  }

  /** Quotes it again and again, as a stream of events. */
  @GetMapping(path = "/quotes/{item}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<Quote> quotes(@PathVariable("item") String item) {
    return Flux.interval(Duration.ZERO, Duration.ofMillis(100))
        .onBackpressureDrop()
        .concatMap(tick -> quote(item))
        .take(5);
  }
}
