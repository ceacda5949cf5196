package dev.nines.spring;

import dev.nines.http.ServletRequestFilter;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Leaves each request to one instrumentation: ours. Boot's observation of it would count and trace it a second time. */
@AutoConfiguration
@ConditionalOnNines
@ConditionalOnClass({
  ServletRequestFilter.class,
  ObservationPredicate.class,
  ServerRequestObservationContext.class
})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class NinesObservationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ninesObservedOnce")
  ObservationPredicate ninesObservedOnce() {
    return (name, context) -> !(context instanceof ServerRequestObservationContext);
  }
}
