package dev.nines.spring;

import dev.nines.Nines;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Maps the endpoints' exact paths, before patterns of the application's own that would take them too. */
final class WebFluxEndpoints extends AbstractHandlerMapping {

  /** Beside Actuator's own. */
  private static final int ORDER = -100;

  private final WebFluxEndpointHandler handler;

  private WebFluxEndpoints(WebFluxEndpointHandler handler) {
    this.handler = handler;
    setOrder(ORDER);
  }

  /** @throws NinesStartException if the token is none */
  static WebFluxEndpoints of(Nines nines, NinesProperties properties) {
    try {
      return new WebFluxEndpoints(new WebFluxEndpointHandler(
          nines.endpoints(), AdminServers.authorization(properties.admin())));
    } catch (IllegalArgumentException e) {
      throw new NinesStartException("nines." + e.getMessage(), e);
    }
  }

  @Override
  protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
    return handler.serves(WebFluxEndpointHandler.path(exchange.getRequest()))
        ? Mono.just(handler)
        : Mono.empty();
  }
}
