package dev.nines.spring;

import dev.nines.testing.SentOn;
import java.io.IOException;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A service of Spring WebFlux that answers in every way there is. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebFluxService.Routes.class)
class WebFluxService {

  @Bean
  EndedRequests endedRequests() {
    return new EndedRequests();
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  WebFilter early() {
    return (exchange, chain) -> switch (exchange.getRequest().getPath().value()) {
      case "/forbidden" -> {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        yield exchange.getResponse().setComplete();
      }
      case "/broken-filter" -> Mono.error(new IllegalStateException("the filter is broken"));
      default -> chain.filter(exchange);
    };
  }

  @Bean
  RouterFunction<ServerResponse> functional() {
    return RouterFunctions.route()
        .GET("/functional/{id}", request -> ServerResponse.ok()
            .bodyValue(request.pathVariable("id")))
        .build();
  }

  /** One route for each way. */
  @RestController
  static class Routes {

    private static final Logger LOG = LoggerFactory.getLogger("sample");
    private final WebClient client;

    Routes(WebClient.Builder clients) {
      this.client = clients.build();
    }

    @GetMapping("/hello")
    String hello() {
      return "hello\n";
    }

    @GetMapping("/orders/{id}")
    Mono<String> order(@PathVariable("id") String id) {
      return Mono.just("order " + id).delayElement(Duration.ofMillis(1));
    }

    @GetMapping("/on")
    Mono<String> on() {
      return Mono.fromCallable(SentOn::now).subscribeOn(Schedulers.parallel());
    }

    @GetMapping("/fail")
    String fail() {
      throw new IllegalStateException("this route always fails");
    }

    @GetMapping("/fail-later")
    Mono<String> failLater() {
      return Mono.delay(Duration.ofMillis(1)).map(tick -> {
        throw new IllegalStateException("this route fails later");
      });
    }

    @GetMapping("/conflict")
    Mono<String> conflict() {
      return Mono.error(new ResponseStatusException(HttpStatus.CONFLICT));
    }

    @GetMapping("/handled")
    Mono<String> handled() {
      return Mono.error(new IOException("handled"));
    }

    @ExceptionHandler(IOException.class)
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    String handle(IOException e) {
      return "bad gateway";
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> events() {
      return Flux.just("one", "two");
    }

    @GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Publisher<String> endless() {
      return Flux.concat(Flux.just("one"), Flux.never());
    }

    @GetMapping(path = "/breaks-off", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> breaksOff() {
      return Flux.concat(
          Flux.just("one"), Flux.error(new IllegalStateException("broken on the way")));
    }

    @GetMapping("/never")
    Mono<String> never() {
      return Mono.never();
    }

    @PostMapping("/echo")
    Mono<String> echo(@RequestBody Mono<String> body) {
      return body;
    }

    /** Changes threads, and calls itself on the way; the line of each step names its request. */
    @GetMapping("/mix/{id}")
    Mono<String> mix(@PathVariable("id") String id, ServerHttpRequest request) {
      int port =
          request.getLocalAddress() == null ? 0 : request.getLocalAddress().getPort();
      return Mono.just(id)
          .doOnNext(LOG::info)
          .publishOn(Schedulers.parallel())
          .doOnNext(LOG::info)
          .flatMap(same -> client
              .get()
              .uri("http://localhost:" + port + "/leaf/" + same)
              .retrieve()
              .bodyToMono(String.class))
          .doOnNext(LOG::info)
          .delayElement(Duration.ofMillis(1))
          .subscribeOn(Schedulers.boundedElastic())
          .doOnNext(LOG::info);
    }

    @GetMapping("/leaf/{id}")
    Mono<String> leaf(@PathVariable("id") String id) {
      LOG.info(id);
      return Mono.just(id).publishOn(Schedulers.boundedElastic()).doOnNext(LOG::info);
    }
  }
}
