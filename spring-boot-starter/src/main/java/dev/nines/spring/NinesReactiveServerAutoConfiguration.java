package dev.nines.spring;

import dev.nines.Nines;
import io.micrometer.observation.ObservationPredicate;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.DispatcherHandler;

/** Puts an exchange around each request of a reactive server. */
@AutoConfiguration(after = {NinesAutoConfiguration.class, NinesWebFluxAutoConfiguration.class})
@ConditionalOnNines
@ConditionalOnClass({DispatcherHandler.class, WebHttpHandlerBuilderCustomizer.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class NinesReactiveServerAutoConfiguration {

  /** Last, for the decorator that comes last is the outermost. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebHttpHandlerBuilderCustomizer ninesReactiveRequests(
      Nines nines, ObjectProvider<ServedHere> endpoints, Environment environment) {
    Predicate<String> unobserved = unobserved(endpoints.getIfAvailable(), environment);
    return builder -> builder.httpHandlerDecorator(
        handler -> new ReactiveRequests(nines.http(), unobserved, handler));
  }

  @Bean
  ReactiveAnswers ninesReactiveAnswers() {
    return new ReactiveAnswers();
  }

  private static Predicate<String> unobserved(
      @org.jspecify.annotations.Nullable ServedHere served, Environment environment) {
    String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
    boolean actuator = AdminPort.in(environment).isActuatorHere() && base.length() > 1;
    return path -> served != null && served.has(path) || actuator && path.startsWith(base);
  }

  /** Leaves each request to one instrumentation, as {@link NinesObservationAutoConfiguration} does. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ObservationPredicate.class, ServerRequestObservationContext.class})
  static class ObservedOnce {

    @Bean
    @ConditionalOnMissingBean(name = "ninesObservedOnce")
    ObservationPredicate ninesObservedOnce() {
      return (name, context) -> !(context instanceof ServerRequestObservationContext);
    }
  }
}
