package dev.nines.spring;

import dev.nines.Nines;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.reactive.DispatcherHandler;

/** Serves the endpoints beside Actuator's on a management port of a reactive service. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnNines
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean({Nines.class, NinesProperties.class})
@Conditional(OnManagementPort.class)
final class NinesReactiveManagementConfiguration {

  @Bean
  WebFluxEndpoints ninesReactiveManagementEndpoints(Nines nines, NinesProperties properties) {
    return WebFluxEndpoints.of(nines, properties);
  }
}
