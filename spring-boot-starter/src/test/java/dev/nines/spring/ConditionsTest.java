package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.Nines;
import dev.nines.WarmUp;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.logging.JsonLogging;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.ReliabilityTargets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.servlet.DispatcherServlet;

class ConditionsTest {

  private static final AutoConfigurations ALL = AutoConfigurations.of(
      NinesAutoConfiguration.class,
      NinesDataSourceAutoConfiguration.class,
      NinesHealthAutoConfiguration.class,
      NinesLoggingAutoConfiguration.class,
      NinesMetricsAutoConfiguration.class,
      NinesServletAutoConfiguration.class,
      NinesTaskAutoConfiguration.class,
      NinesWebMvcAutoConfiguration.class);

  private static final String[] QUICK = {
    "spring.profiles.active=test", "nines.lifecycle.pre-stop=0s", "spring.application.name=checkout"
  };

  private final ApplicationContextRunner plain =
      new ApplicationContextRunner().withConfiguration(ALL).withPropertyValues(QUICK);
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(QUICK);

  @Test
  void theDependencyAloneGivesEverything() {
    web.run(context -> assertThat(context)
        .hasSingleBean(Nines.class)
        .hasSingleBean(JsonLogging.class)
        .hasSingleBean(GoldenSignals.class)
        .hasSingleBean(HealthEndpoints.class)
        .hasSingleBean(MeterRegistry.class)
        .hasSingleBean(TaskDecorator.class)
        .hasSingleBean(FirstFilter.class)
        .hasSingleBean(MvcEndpoints.class)
        .doesNotHaveBean(AdminServer.class));
  }

  @Test
  void theServiceIsNamedAsTheApplication() {
    plain.run(context -> {
      assertThat(context.getBean(Nines.class).identity().service()).isEqualTo("checkout");
      assertThat(context.getBean(Nines.class).settings().targets())
          .extracting(ReliabilityTargets::errorRate)
          .isEqualTo(ReliabilityTargets.threeNines().errorRate());
    });
    plain.withPropertyValues("spring.application.name=My shop: checkout").run(context -> assertThat(
            context.getBean(Nines.class).identity().service())
        .isEqualTo("My-shop-checkout"));
    plain
        .withPropertyValues(
            "nines.service=orders", "nines.version=1.2", "nines.environment=production")
        .run(context -> {
          assertThat(context.getBean(Nines.class).identity().service()).isEqualTo("orders");
          assertThat(context.getBean(Nines.class).identity().version()).isEqualTo("1.2");
          assertThat(context.getBean(Nines.class).identity().environment()).isEqualTo("production");
        });
    plain.withPropertyValues("spring.application.version=3.4").run(context -> assertThat(
            context.getBean(Nines.class).identity().version())
        .isEqualTo("3.4"));
  }

  @Test
  void disabledItLeavesNothingBehind() {
    web.withPropertyValues("nines.enabled=false")
        .run(context -> assertThat(context.getBeanDefinitionNames())
            .noneMatch(name -> name.startsWith("nines") || name.startsWith("dev.nines")));
  }

  @Test
  void theContextClosesIt() {
    Nines[] closed = new Nines[1];
    plain.run(context -> closed[0] = context.getBean(Nines.class));
    assertThat(closed[0].lifecycle().state()).isEqualTo(Lifecycle.State.STOPPED);
  }

  static Stream<Object> beansOfTheUsers() {
    return Stream.of(
        ReliabilityTargets.standard(),
        AdminServer.onPort(0),
        JsonLogging.toStdout().asConfigured(),
        GoldenSignals.prometheus(),
        HealthEndpoints.standard().hidingNames());
  }

  @ParameterizedTest
  @MethodSource("beansOfTheUsers")
  <T> void beansOfTheUsersWin(T own) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) own.getClass();
    web.withPropertyValues("nines.admin.port=0")
        .withBean("own", type, () -> own)
        .run(context -> {
          assertThat(context.getBeansOfType(type)).containsOnlyKeys("own");
          assertThat(context).hasSingleBean(Nines.class);
        });
  }

  @Test
  void aNinesOfTheUsersIsServedAndClosedWithTheContext() {
    Nines own = Nines.builder("own")
        .targets(ReliabilityTargets.standard())
        .install(HealthEndpoints.standard())
        .withoutShutdownHook()
        .open();
    web.withBean("own", Nines.class, () -> own).run(context -> assertThat(context)
        .hasSingleBean(Nines.class)
        .hasSingleBean(FirstFilter.class)
        .hasSingleBean(MvcEndpoints.class)
        .doesNotHaveBean(GoldenSignals.class)
        .doesNotHaveBean(HealthEndpoints.class)
        .doesNotHaveBean(JsonLogging.class));
    assertThat(own.lifecycle().state()).isEqualTo(Lifecycle.State.STOPPED);
  }

  @Test
  void anAdminServerOfTheUsersTakesTheEndpointsOffTheApplicationsPort() {
    web.withBean(AdminServer.class, () -> AdminServer.onPort(0)).run(context -> {
      assertThat(context).doesNotHaveBean(MvcEndpoints.class);
      assertThat(context.getBean(Nines.class).adminPort()).isPresent();
    });
  }

  @ParameterizedTest
  @ValueSource(classes = {JsonLogging.class, GoldenSignals.class, HealthEndpoints.class})
  void withoutAModuleTheOthersWork(Class<?> missing) {
    web.withClassLoader(new FilteredClassLoader(missing.getPackageName())).run(context -> {
      assertThat(context).hasNotFailed().hasSingleBean(Nines.class);
      assertThat(Stream.<Class<?>>of(JsonLogging.class, GoldenSignals.class, HealthEndpoints.class)
              .filter(type -> !has(context, type))
              .toList())
          .isEqualTo(List.of(missing));
    });
  }

  private static boolean has(ApplicationContext context, Class<?> type) {
    return context.getBeanNamesForType(type).length == 1;
  }

  @Test
  void withoutSpringMvcRequestsAreObservedAllTheSame() {
    web.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
        .run(context -> assertThat(context)
            .hasSingleBean(FirstFilter.class)
            .doesNotHaveBean(MvcEndpoints.class));
  }

  @Test
  void withoutAServletContainerThereIsNoFilter() {
    plain.run(context -> assertThat(context)
        .hasSingleBean(Nines.class)
        .doesNotHaveBean(FirstFilter.class)
        .doesNotHaveBean(MvcEndpoints.class));
    web.withClassLoader(new FilteredClassLoader("jakarta.servlet.Filter"))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void theApplicationsOwnRegistryIsUsed() {
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    plain.withBean(MeterRegistry.class, () -> own).run(context -> {
      assertThat(context.getBean(GoldenSignals.class).registry()).isSameAs(own);
      assertThat(own.find("nines.ready").gauge()).isNotNull();
    });
    assertThat(own.isClosed()).isFalse();
  }

  @Test
  void severalRegistriesAllRecord() {
    SimpleMeterRegistry first = new SimpleMeterRegistry();
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    plain
        .withBean("first", MeterRegistry.class, () -> first)
        .withBean("second", MeterRegistry.class, () -> second)
        .run(context -> assertThat(List.of(first, second))
            .allSatisfy(each -> assertThat(each.find("nines.ready").gauge()).isNotNull()));
  }

  @Test
  void dependenciesWarmUpsAndCustomizersAreAsked() {
    plain
        .withBean(
            Dependency.class, () -> Dependency.optional("payments", run -> CheckResult.healthy()))
        .withBean(WarmUp.class, () -> WarmUp.of("cache", nines -> {}))
        .withBean(
            NinesBuilderCustomizer.class,
            () -> builder -> builder.dependency(Dependency.optional("mail")))
        .run(context -> {
          Nines nines = context.getBean(Nines.class);
          assertThat(nines.guard("payments").name()).isEqualTo("payments");
          assertThat(nines.guard("mail").name()).isEqualTo("mail");
        });
  }

  @Test
  void aTaskDecoratorOfTheUsersStandsBesideOurs() {
    plain.withBean("own", TaskDecorator.class, () -> task -> task).run(context -> assertThat(
            context.getBeansOfType(TaskDecorator.class))
        .containsOnlyKeys("own", "ninesTaskDecorator"));
  }
}
