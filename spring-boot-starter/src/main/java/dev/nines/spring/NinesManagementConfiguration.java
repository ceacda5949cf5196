package dev.nines.spring;

import dev.nines.Nines;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.servlet.DispatcherServlet;

/** Serves the endpoints beside Actuator's on a management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnNines
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Nines.class, NinesProperties.class})
@Conditional(OnManagementPort.class)
final class NinesManagementConfiguration {

  @Bean
  MvcEndpoints ninesManagementEndpoints(Nines nines, NinesProperties properties) {
    return MvcEndpoints.of(nines, properties);
  }
}
