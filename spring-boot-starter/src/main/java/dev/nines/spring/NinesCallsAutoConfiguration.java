package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.dependency.Guard;
import io.micrometer.observation.ObservationPredicate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Says which calls belong to which dependency, and hands out the guards by {@link GuardedBy}. */
@AutoConfiguration(before = NinesAutoConfiguration.class)
@ConditionalOnNines
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesCallsAutoConfiguration {

  /** Makes the handle for whoever asks for it. */
  @Bean
  @Scope("prototype")
  @ConditionalOnMissingBean
  Guard ninesGuard(InjectionPoint point, Nines nines) {
    GuardedBy by = point.getAnnotation(GuardedBy.class);
    if (by == null) {
      throw new NinesStartException("guard: none is named at " + point.getMember()
          + " (expected: @GuardedBy(\"…\") beside it)");
    }
    return nines.guard(by.value());
  }

  @Bean
  static GuardedMethods ninesGuardedMethods(ObjectProvider<Nines> nines) {
    return new GuardedMethods(nines);
  }

  /** HTTP calls. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(Nines.class)
  @ConditionalOnProperty(name = "nines.calls.enabled", matchIfMissing = true)
  static class Http {

    @Bean
    CallRules ninesCallRules(NinesProperties properties) {
      Map<String, List<String>> addresses = new HashMap<>();
      properties
          .dependencies()
          .forEach((name, dependency) -> addresses.put(name, dependency.addresses()));
      return new CallRules(addresses);
    }
  }

  /** A guarded call has its span and its metrics; Boot's observation of it would be a second of each. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationPredicate.class)
  static class ObservedOnce {

    @Bean
    @ConditionalOnMissingBean(name = "ninesCallsObservedOnce")
    ObservationPredicate ninesCallsObservedOnce(ObjectProvider<CallRules> rules) {
      return new CallsObservedOnce(rules.getIfAvailable());
    }
  }
}
