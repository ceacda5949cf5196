package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.reactive.DispatcherHandler;

/** Serves the endpoints through Spring WebFlux where they have no port of their own. */
@AutoConfiguration(after = NinesAutoConfiguration.class)
@ConditionalOnNines
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(NinesProperties.class)
@ConditionalOnMissingBean(AdminServer.class)
@Conditional(OnApplicationPort.class)
public final class NinesWebFluxAutoConfiguration {

  @Bean
  ServedHere ninesEndpointsServedHere(Nines nines) {
    return new ServedHere(nines);
  }

  @Bean
  WebFluxEndpoints ninesWebFluxEndpoints(Nines nines, NinesProperties properties) {
    return WebFluxEndpoints.of(nines, properties);
  }

  @Bean
  WebFluxClashes ninesWebFluxClashes(Nines nines, ApplicationContext context) {
    return new WebFluxClashes(nines.endpoints(), context);
  }
}
