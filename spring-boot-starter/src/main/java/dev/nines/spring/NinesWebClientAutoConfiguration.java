package dev.nines.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/** Guards and traces the calls of each {@code WebClient} that Boot's builder builds. */
@AutoConfiguration(after = NinesCallsAutoConfiguration.class)
@ConditionalOnClass({WebClient.class, WebClientCustomizer.class})
@ConditionalOnBean(CallRules.class)
public final class NinesWebClientAutoConfiguration {

  @Bean
  WebClientCustomizer ninesWebClients(CallRules rules) {
    return builder -> builder.filters(all -> {
      if (all.stream().noneMatch(GuardedExchanges.class::isInstance)) {
        all.add(0, new GuardedExchanges(rules));
      }
    });
  }
}
