package dev.nines.spring;

import dev.nines.Nines;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Maps the endpoints' exact paths, before patterns of the application's own that would take them too. */
final class MvcEndpoints extends AbstractHandlerMapping {

  /** Beside Actuator's own. */
  private static final int ORDER = -100;

  private final MvcEndpointHandler handler;

  private MvcEndpoints(MvcEndpointHandler handler) {
    this.handler = handler;
    setOrder(ORDER);
  }

  /** @throws NinesStartException if the token is none */
  static MvcEndpoints of(Nines nines, NinesProperties properties) {
    try {
      return new MvcEndpoints(new MvcEndpointHandler(
          nines.endpoints(), AdminServers.authorization(properties.admin())));
    } catch (IllegalArgumentException e) {
      throw new NinesStartException("nines." + e.getMessage(), e);
    }
  }

  @Override
  protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
    return handler.serves(EndpointPaths.of(request)) ? handler : null;
  }
}
