package dev.nines.examples.webflux;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Stands in for the service of prices. */
@RestController
class PriceController {

  private static final int CENTS_A_LETTER = 100;

  @GetMapping("/prices/{item}")
  Mono<Integer> price(@PathVariable("item") String item) {
    return Mono.just(item.length() * CENTS_A_LETTER);
  }
}
