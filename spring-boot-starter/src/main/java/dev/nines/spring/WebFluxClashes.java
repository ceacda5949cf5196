package dev.nines.spring;

import dev.nines.endpoint.EndpointTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** Ends the start where something of the application's own has exactly the path of an endpoint. */
final class WebFluxClashes implements SmartInitializingSingleton {

  private final EndpointTable endpoints;
  private final ApplicationContext context;

  WebFluxClashes(EndpointTable endpoints, ApplicationContext context) {
    this.endpoints = endpoints;
    this.context = context;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, String> taken = new LinkedHashMap<>();
    BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class)
        .values()
        .forEach(mapping -> addPaths(mapping, taken));
    for (String path : endpoints.paths()) {
      if (taken.containsKey(path)) {
        throw new NinesStartException("endpoint " + path + ": also served by " + taken.get(path)
            + " (expected: a path of its own; move that one, or set nines.admin.port to serve the"
            + " endpoints on a port of their own)");
      }
    }
  }

  /** Adds what serves each exact path; patterns with variables give way to us and are no clash. */
  private static void addPaths(HandlerMapping mapping, Map<String, String> taken) {
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      methods.getHandlerMethods().forEach((info, method) -> info.getDirectPaths()
          .forEach(path -> taken.put(path, method.toString())));
    } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
      urls.getHandlerMap()
          .forEach((path, handler) -> taken.put(path.getPatternString(), handler.toString()));
    } else if (mapping instanceof RouterFunctionMapping functions
        && functions.getRouterFunction() != null) {
      ReactiveRouterPaths.of(functions.getRouterFunction())
          .forEach(path -> taken.put(path, "a router function"));
    }
  }
}
