package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Nines;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.Dependency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.qpid.server.SystemLauncher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import redis.embedded.RedisServer;

/** What Boot configures of brokers and caches has a check by itself; each is asked for real. */
class BrokerChecksTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          NinesAutoConfiguration.class,
          NinesHealthAutoConfiguration.class,
          NinesRedisAutoConfiguration.class,
          NinesRabbitAutoConfiguration.class,
          NinesKafkaAutoConfiguration.class))
      .withPropertyValues("nines.lifecycle.pre-stop=0s");

  private static Set<String> required(Nines nines, boolean required) {
    return nines.settings().targets().dependencies().values().stream()
        .filter(dependency -> dependency.required() == required)
        .map(dependency -> dependency.name())
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void whatBootConnectsToIsAnOptionalDependency() {
    everything().run(context -> {
      assertThat(required(context.getBean(Nines.class), false))
          .containsExactlyInAnyOrder("redis", "rabbit", "kafka");
      assertThat(required(context.getBean(Nines.class), true)).isEmpty();
    });
  }

  @Test
  void whatIsDeclaredOfItsNameCounts() {
    everything()
        .withPropertyValues(
            "nines.checks.redis.names.redisConnectionFactory=sessions",
            "nines.dependencies.sessions.required=true",
            "nines.dependencies.kafka.required=true")
        .run(context -> {
          assertThat(required(context.getBean(Nines.class), false)).containsExactly("rabbit");
          assertThat(required(context.getBean(Nines.class), true))
              .containsExactlyInAnyOrder("sessions", "kafka");
        });
  }

  @Test
  void eachCanBeSwitchedOff() {
    everything()
        .withPropertyValues(
            "nines.checks.redis.enabled=false",
            "nines.checks.rabbit.enabled=false",
            "nines.checks.kafka.enabled=false")
        .run(context -> assertThat(
                context.getBean(Nines.class).settings().targets().dependencies())
            .isEmpty());
  }

  @Test
  void aServiceWithoutTheirLibrariesHasNone() {
    runner
        .withClassLoader(new FilteredClassLoader(
            "org.springframework.data.redis",
            "org.springframework.amqp",
            "org.springframework.kafka"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BeanDependencies.class));
  }

  private ApplicationContextRunner everything() {
    return runner.withConfiguration(AutoConfigurations.of(
        DataRedisAutoConfiguration.class,
        RabbitAutoConfiguration.class,
        KafkaAutoConfiguration.class));
  }

  @Test
  void redisIsAskedThroughTheServicesOwnConnections() throws Exception {
    int port = freePort();
    RedisServer redis = RedisServer.newRedisServer().port(port).build();
    redis.start();
    try {
      runner
          .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
          .withPropertyValues(
              "spring.data.redis.host=localhost",
              "spring.data.redis.port=" + port,
              "spring.data.redis.timeout=1s")
          .run(context -> {
            RedisPing check = new RedisPing(context.getBean(RedisConnectionFactory.class));
            await().until(() -> healthy(check));
            redis.stop();
            await().until(() -> !healthy(check));
            redis.start();
            await().until(() -> healthy(check));
          });
    } finally {
      redis.stop();
    }
  }

  @Test
  void kafkaIsAskedForItsNodes() {
    EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    kafka.afterPropertiesSet();
    KafkaNodes check =
        new KafkaNodes(new KafkaAdmin(Map.of("bootstrap.servers", kafka.getBrokersAsString())));
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> healthy(check));
      kafka.destroy();
      await().atMost(Duration.ofMinutes(1)).until(() -> !healthy(check));
    } finally {
      check.destroy();
      kafka.destroy();
    }
    assertThat(healthy(check)).isFalse();
  }

  @Test
  @DisabledForJreRange(
      min = JRE.JAVA_24,
      disabledReason = "Qpid's broker needs Subject.getSubject()")
  void rabbitIsAskedForAChannelOfTheServicesOwnConnection() throws Exception {
    int port = freePort();
    SystemLauncher broker = amqpBroker(port);
    try {
      runner
          .withConfiguration(AutoConfigurations.of(RabbitAutoConfiguration.class))
          .withPropertyValues(
              "spring.rabbitmq.host=localhost",
              "spring.rabbitmq.port=" + port,
              "spring.rabbitmq.virtual-host=orders",
              "spring.rabbitmq.connection-timeout=1s")
          .run(context -> {
            RabbitChannel check = new RabbitChannel(context.getBean(ConnectionFactory.class));
            await().until(() -> healthy(check));
            broker.shutdown();
            await().until(() -> !healthy(check));
            SystemLauncher again = amqpBroker(port);
            try {
              await().until(() -> healthy(check));
            } finally {
              again.shutdown();
            }
          });
    } finally {
      broker.shutdown();
    }
  }

  private static SystemLauncher amqpBroker(int port) throws Exception {
    SystemLauncher broker = new SystemLauncher();
    broker.startup(Map.of(
        "type",
        "Memory",
        "startupLoggedToSystemOut",
        false,
        "initialConfigurationLocation",
        BrokerChecksTest.class.getResource("/amqp-broker.json").toExternalForm(),
        "context",
        Map.of("amqp.port", String.valueOf(port), "qpid.work_dir", "target/qpid")));
    return broker;
  }

  /** As the scheduler asks: what throws has failed. */
  private static boolean healthy(dev.nines.dependency.Check check) {
    try {
      return check.run(new OneRun()).equals(CheckResult.healthy());
    } catch (Exception e) {
      return false;
    }
  }

  private record OneRun() implements CheckRun {

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(2);
    }

    @Override
    public void onAbort(Runnable abort) {}
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Kept to show that a declaration of the user's goes before. */
  @Test
  void oneThatADependencyOfTheUsersAsksIsNotAskedTwice() {
    runner
        .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
        .withUserConfiguration(OwnCheck.class)
        .run(context -> assertThat(
                context.getBean(Nines.class).settings().targets().dependencies())
            .containsOnlyKeys("sessions"));
  }

  @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
  static class OwnCheck {

    @org.springframework.context.annotation.Bean
    Dependency sessions(RedisConnectionFactory connections) {
      return Dependency.optional("sessions", new RedisPing(connections));
    }
  }
}
