package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Each {@link RedisConnectionFactory} bean is a dependency, with a check that asks through its own connections. */
@AutoConfiguration(
    before = NinesHealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
      "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration"
    })
@ConditionalOnNines
@ConditionalOnClass({RedisConnectionFactory.class, HealthEndpoints.class})
@ConditionalOnBean(RedisConnectionFactory.class)
@ConditionalOnMissingBean(Nines.class)
@ConditionalOnProperty(name = "nines.checks.redis.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesRedisAutoConfiguration {

  private static final BeanNames NAMES =
      new BeanNames("nines.checks.redis.names", "redis", "ConnectionFactory");

  @Bean
  BeanDependencies ninesRedis(ConfigurableListableBeanFactory beans, NinesProperties properties) {
    Map<String, RedisPing> checks = new LinkedHashMap<>();
    CandidateBeans.of(beans, RedisConnectionFactory.class)
        .forEach((bean, redis) -> checks.put(bean, new RedisPing(redis)));
    return new BeanDependencies(NAMES.of(checks, properties.checks().redis().names()));
  }
}
