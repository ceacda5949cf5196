package dev.nines.http;

import dev.nines.testing.RawClient;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** An embedded Tomcat with servlets that a test writes as lambdas. */
final class TomcatService implements AutoCloseable {

  /** What a servlet does. */
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** Kept here, for a logger that nobody holds is forgotten, and its level with it. */
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Context context;

  TomcatService(Path base, String contextPath) {
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("acceptCount", "500");
    tomcat.setSilent(true);
    context = tomcat.addContext(contextPath, base.toString());
    hush();
  }

  /** Tests fail by what they assert, not by what Tomcat says; it sets the levels of some loggers one by one. */
  private static void hush() {
    TOMCAT_LOG.setLevel(Level.OFF);
    Collections.list(LogManager.getLogManager().getLoggerNames()).stream()
        .filter(name -> name.startsWith("org.apache."))
        .forEach(name -> Logger.getLogger(name).setLevel(Level.OFF));
  }

  TomcatService with(Consumer<ServletContext> initializer) {
    context.addServletContainerInitializer(
        (classes, servletContext) -> initializer.accept(servletContext), null);
    return this;
  }

  TomcatService serve(String pattern, Handler handler) {
    Servlet servlet = new HttpServlet() {
      @Override
      public void service(ServletRequest request, ServletResponse response)
          throws IOException, ServletException {
        handler.handle((HttpServletRequest) request, (HttpServletResponse) response);
      }
    };
    Tomcat.addServlet(context, pattern, servlet).setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, pattern);
    return this;
  }

  TomcatService filter(String pattern, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(pattern);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(pattern);
    map.addURLPattern(pattern);
    context.addFilterMap(map);
    return this;
  }

  Context context() {
    return context;
  }

  RawClient start() {
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
    return new RawClient(tomcat.getConnector().getLocalPort());
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
