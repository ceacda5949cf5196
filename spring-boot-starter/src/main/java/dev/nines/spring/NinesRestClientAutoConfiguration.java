package dev.nines.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Guards and traces the calls of each {@code RestClient} and {@code RestTemplate} that Boot's builders build. */
@AutoConfiguration(after = NinesCallsAutoConfiguration.class)
@ConditionalOnClass({RestClient.class, RestClientCustomizer.class})
@ConditionalOnBean(CallRules.class)
public final class NinesRestClientAutoConfiguration {

  @Bean
  RestClientCustomizer ninesRestClients(CallRules rules) {
    return builder -> builder.requestInterceptors(all -> {
      if (all.stream().noneMatch(GuardedRequests.class::isInstance)) {
        all.add(0, new GuardedRequests(rules));
      }
    });
  }

  @Bean
  RestTemplateCustomizer ninesRestTemplates(CallRules rules) {
    return template -> {
      if (template.getInterceptors().stream().noneMatch(GuardedRequests.class::isInstance)) {
        template.getInterceptors().add(0, new GuardedRequests(rules));
      }
    };
  }
}
