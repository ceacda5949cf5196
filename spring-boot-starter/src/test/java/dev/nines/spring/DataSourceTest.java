package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.health.checks.Checks;
import dev.nines.targets.ReliabilityTargets;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DataSourceTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          NinesAutoConfiguration.class,
          NinesHealthAutoConfiguration.class,
          NinesMetricsAutoConfiguration.class,
          NinesDataSourceAutoConfiguration.class))
      .withPropertyValues("nines.lifecycle.pre-stop=0s");

  private static DataSource h2() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:checks");
    return source;
  }

  private static Set<String> dependencies(Nines nines) {
    return nines.settings().targets().dependencies().keySet();
  }

  @Test
  void aDataSourceIsARequiredDependency() {
    runner.withBean("dataSource", DataSource.class, DataSourceTest::h2).run(context -> {
      ReliabilityTargets targets = context.getBean(Nines.class).settings().targets();
      assertThat(targets.dependencies()).containsOnlyKeys("db");
      assertThat(targets.dependencies().get("db").required()).isTrue();
    });
  }

  @Test
  void whatIsDeclaredOfItsNameCounts() {
    runner
        .withBean("dataSource", DataSource.class, DataSourceTest::h2)
        .withPropertyValues(
            "nines.checks.data-source.names.dataSource=orders-db",
            "nines.dependencies.orders-db.required=false",
            "nines.dependencies.orders-db.latency-share=30%")
        .run(context -> {
          ReliabilityTargets targets = context.getBean(Nines.class).settings().targets();
          assertThat(targets.dependencies()).containsOnlyKeys("orders-db");
          assertThat(targets.dependencies().get("orders-db").required()).isFalse();
          assertThat(targets.dependencies().get("orders-db").latencyShare())
              .isEqualByComparingTo("0.3");
        });
  }

  @Test
  void severalAreNamedAfterTheirBeans() {
    runner
        .withBean("ordersDataSource", DataSource.class, DataSourceTest::h2)
        .withBean("stockReports", DataSource.class, DataSourceTest::h2)
        .run(context -> assertThat(dependencies(context.getBean(Nines.class)))
            .containsExactlyInAnyOrder("orders", "stock-reports"));
  }

  @Test
  void oneThatStandsBehindAnotherIsLeftOut() {
    runner.withUserConfiguration(Routed.class).run(context -> assertThat(
            dependencies(context.getBean(Nines.class)))
        .containsExactly("db"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Routed {
    @Bean
    DataSource routing() {
      return h2();
    }

    @Bean(autowireCandidate = false)
    DataSource replica() {
      return h2();
    }
  }

  @Test
  void oneThatADependencyOfTheUsersAsksIsNotAskedTwice() {
    DataSource source = h2();
    runner
        .withBean("dataSource", DataSource.class, () -> source)
        .withBean(Dependency.class, () -> Dependency.optional("orders", Checks.jdbc(source)))
        .run(context ->
            assertThat(dependencies(context.getBean(Nines.class))).containsExactly("orders"));
  }

  @Test
  void thePoolHasACheckOfItsOwn() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:mem:pooled");
    runner.withBean("dataSource", HikariDataSource.class, () -> pool).run(context -> assertThat(
            checks(context.getBean(MeterRegistry.class)))
        .contains("db", "db-pool"));
    assertThat(pool.isClosed()).isTrue();
  }

  private static Set<String> checks(MeterRegistry registry) {
    return registry.find("nines.check.status").gauges().stream()
        .map(gauge -> String.valueOf(gauge.getId().getTag("check")))
        .collect(Collectors.toSet());
  }

  @Test
  void theCheckCanBeSwitchedOff() {
    runner
        .withBean("dataSource", DataSource.class, DataSourceTest::h2)
        .withPropertyValues("nines.checks.data-source.enabled=false")
        .run(context -> assertThat(dependencies(context.getBean(Nines.class))).isEmpty());
  }

  @Test
  void aNameThatIsGivenTwiceEndsTheStart() {
    runner
        .withBean("first", DataSource.class, DataSourceTest::h2)
        .withBean("second", DataSource.class, DataSourceTest::h2)
        .withPropertyValues(
            "nines.checks.data-source.names.first=orders",
            "nines.checks.data-source.names.second=orders")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining(
                "nines.checks.data-source.names.second: orders (expected: each name once)"));
  }
}
