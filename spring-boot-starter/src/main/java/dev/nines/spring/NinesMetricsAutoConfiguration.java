package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.metrics.GoldenSignals;
import dev.nines.metrics.RequestNaming;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Golden signals, on the application's registry if it has one, else on one of their own, which it may then use too. */
@AutoConfiguration(
    before = NinesAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnNines
@ConditionalOnClass(GoldenSignals.class)
@ConditionalOnMissingBean({Nines.class, GoldenSignals.class})
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesMetricsAutoConfiguration {

  private static final String OURS = "ninesMeterRegistry";

  @Bean
  @Order(100)
  GoldenSignals ninesGoldenSignals(
      ListableBeanFactory beans, NinesProperties properties, Environment environment) {
    GoldenSignals signals = beans.containsBean(OURS) ? GoldenSignals.prometheus() : onTheirs(beans);
    Binder.get(environment)
        .bind("nines.metrics.naming", RequestNaming.class)
        .ifBound(signals::naming);
    Integer most = properties.metrics().maxSeries();
    try {
      return most == null ? signals : signals.maxSeries(most);
    } catch (IllegalArgumentException e) {
      throw new NinesStartException("nines." + e.getMessage(), e);
    }
  }

  /** Closed by Nines, after the last scrape. */
  @Bean(name = OURS, destroyMethod = "")
  @ConditionalOnMissingBean(MeterRegistry.class)
  MeterRegistry ninesMeterRegistry(GoldenSignals signals) {
    return signals.registry();
  }

  /** Boot makes one of several; where somebody did not, each records. */
  private static GoldenSignals onTheirs(ListableBeanFactory beans) {
    ObjectProvider<MeterRegistry> provider = beans.getBeanProvider(MeterRegistry.class);
    MeterRegistry unique = provider.getIfUnique();
    if (unique != null) {
      return GoldenSignals.on(unique);
    }
    List<MeterRegistry> all = provider.orderedStream().toList();
    GoldenSignals signals = GoldenSignals.on(all.get(0));
    all.subList(1, all.size()).forEach(signals::also);
    return signals;
  }
}
