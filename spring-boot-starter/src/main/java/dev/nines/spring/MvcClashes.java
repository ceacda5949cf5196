package dev.nines.spring;

import dev.nines.endpoint.EndpointTable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Ends the start where something of the application's own has exactly the path of an endpoint. */
final class MvcClashes implements SmartInitializingSingleton {

  private final EndpointTable endpoints;
  private final WebApplicationContext context;

  MvcClashes(EndpointTable endpoints, WebApplicationContext context) {
    this.endpoints = endpoints;
    this.context = context;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<String, String> taken = taken();
    for (String path : endpoints.paths()) {
      if (taken.containsKey(path)) {
        throw new NinesStartException("endpoint " + path + ": also served by " + taken.get(path)
            + " (expected: a path of its own; move that one, or set nines.admin.port to serve the"
            + " endpoints on a port of their own)");
      }
    }
  }

  /** Returns what serves each exact path; patterns with variables give way to us and are no clash. */
  private Map<String, String> taken() {
    Map<String, String> taken = new LinkedHashMap<>();
    BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class)
        .values()
        .forEach(mapping -> addPaths(mapping, taken));
    ServletContext servlets = context.getServletContext();
    if (servlets != null) {
      servlets.getServletRegistrations().values().forEach(servlet -> addPaths(servlet, taken));
    }
    return taken;
  }

  private static void addPaths(HandlerMapping mapping, Map<String, String> taken) {
    if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
      methods.getHandlerMethods().forEach((info, method) -> info.getDirectPaths()
          .forEach(path -> taken.put(path, method.toString())));
    } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
      urls.getHandlerMap().forEach((path, handler) -> taken.put(path, handler.toString()));
    } else if (mapping instanceof RouterFunctionMapping functions
        && functions.getRouterFunction() != null) {
      RouterPaths.of(functions.getRouterFunction())
          .forEach(path -> taken.put(path, "a router function"));
    }
  }

  private static void addPaths(ServletRegistration servlet, Map<String, String> taken) {
    servlet.getMappings().forEach(path -> taken.put(path, "servlet " + servlet.getName()));
  }
}
