package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Serves the endpoints through Spring MVC where they have no port of their own. */
@AutoConfiguration(after = NinesAutoConfiguration.class)
@ConditionalOnNines
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(NinesProperties.class)
@ConditionalOnMissingBean(AdminServer.class)
@Conditional(OnApplicationPort.class)
public final class NinesWebMvcAutoConfiguration {

  @Bean
  ServedHere ninesEndpointsServedHere(Nines nines) {
    return new ServedHere(nines);
  }

  @Bean
  MvcEndpoints ninesMvcEndpoints(Nines nines, NinesProperties properties) {
    return MvcEndpoints.of(nines, properties);
  }

  @Bean
  MvcClashes ninesMvcClashes(Nines nines, WebApplicationContext context) {
    return new MvcClashes(nines.endpoints(), context);
  }
}
