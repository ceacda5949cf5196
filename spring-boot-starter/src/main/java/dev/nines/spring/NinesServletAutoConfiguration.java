package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.http.ServletRequestFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Puts an exchange around each request of a servlet container, outside of every other filter. */
@AutoConfiguration(after = {NinesAutoConfiguration.class, NinesWebMvcAutoConfiguration.class})
@ConditionalOnNines
@ConditionalOnClass({Filter.class, ServletRequestFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class NinesServletAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ninesFilter")
  FirstFilter ninesFilter(
      Nines nines, ObjectProvider<ServedHere> endpoints, Environment environment) {
    Filter observing = new ServletRequestFilter(nines.http(), templates());
    ServedHere served = endpoints.getIfAvailable();
    if (served != null) {
      observing = new EndpointsUnobserved(observing, served::has);
    }
    if (AdminPort.in(environment).isActuatorHere()) {
      observing = new EndpointsUnobserved(observing, actuators(environment));
    }
    return new FirstFilter(observing);
  }

  private static Predicate<String> actuators(Environment environment) {
    String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
    return path -> base.length() > 1 && path.startsWith(base);
  }

  private static Function<HttpServletRequest, @Nullable String> templates() {
    boolean mvc = ClassUtils.isPresent(
        "org.springframework.web.servlet.HandlerMapping",
        NinesServletAutoConfiguration.class.getClassLoader());
    return mvc ? MvcTemplates::of : ServletRequestFilter::templateOf;
  }
}
