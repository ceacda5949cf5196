package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;

/** When clients are guarded, and when not. */
class CallConditionsTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          NinesAutoConfiguration.class,
          NinesCallsAutoConfiguration.class,
          NinesReactorAutoConfiguration.class,
          NinesRestClientAutoConfiguration.class,
          NinesWebClientAutoConfiguration.class))
      .withPropertyValues("nines.lifecycle.pre-stop=0s");

  @Test
  void eachKindOfClientIsGuardedWhereThereIsOne() {
    runner.run(context -> assertThat(context)
        .hasSingleBean(RestClientCustomizer.class)
        .hasSingleBean(WebClientCustomizer.class));
  }

  @Test
  void aServiceThatHasOnlyOneKindNeedsNotTheOther() {
    runner
        .withClassLoader(new FilteredClassLoader(
            "org.springframework.boot.webclient", "org.springframework.web.reactive", "reactor"))
        .run(context -> assertThat(context)
            .hasNotFailed()
            .hasSingleBean(RestClientCustomizer.class)
            .doesNotHaveBean("ninesWebClients"));
    runner
        .withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient"))
        .run(context -> assertThat(context)
            .hasNotFailed()
            .hasSingleBean(WebClientCustomizer.class)
            .doesNotHaveBean("ninesRestClients"));
  }

  @Test
  void itCanBeSwitchedOffAndTheHandleStays() {
    runner.withPropertyValues("nines.calls.enabled=false").run(context -> assertThat(context)
        .doesNotHaveBean(CallRules.class)
        .doesNotHaveBean(RestClientCustomizer.class)
        .doesNotHaveBean(WebClientCustomizer.class)
        .hasSingleBean(GuardedMethods.class));
  }

  @Test
  void withoutNinesNothingOfItIsLeft() {
    runner.withPropertyValues("nines.enabled=false").run(context -> assertThat(context)
        .hasNotFailed()
        .doesNotHaveBean(RestClientCustomizer.class)
        .doesNotHaveBean(WebClientCustomizer.class)
        .doesNotHaveBean(GuardedMethods.class)
        .doesNotHaveBean(Guard.class));
  }

  @Test
  void anAddressThatIsNoneEndsTheStart() {
    runner
        .withPropertyValues("nines.dependencies.payments.addresses=payments:8080")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining(
                "nines.dependencies.payments.addresses: payments:8080 (expected: an"
                    + " absolute http or https URI, such as http://payments)"));
  }

  @Test
  void anAddressOfTwoEndsTheStart() {
    runner
        .withPropertyValues(
            "nines.dependencies.payments.addresses=http://gateway/a",
            "nines.dependencies.stock.addresses=http://GATEWAY:80/a/")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("(expected: each address of one dependency)"));
  }

  @Test
  void twoDependenciesBehindOneServerAreToldApartByPathsAlone() {
    runner
        .withPropertyValues(
            "nines.dependencies.payments.url=http://gateway/payments/status",
            "nines.dependencies.stock.url=http://gateway/stock/status")
        .run(context -> {
          CallRules rules = context.getBean(CallRules.class);
          assertThat(guard(rules, "http://gateway/payments/1")).isNull();
        });
    runner
        .withPropertyValues(
            "nines.dependencies.payments.url=http://gateway/payments/status",
            "nines.dependencies.stock.addresses=http://gateway/stock")
        .run(context -> {
          CallRules rules = context.getBean(CallRules.class);
          assertThat(guard(rules, "http://gateway/stock/1").name()).isEqualTo("stock");
          assertThat(guard(rules, "http://gateway/stocks").name()).isEqualTo("payments");
          assertThat(guard(rules, "https://gateway/stock/1")).isNull();
          assertThat(guard(rules, "http://gateway:8080/stock/1")).isNull();
          assertThat(guard(rules, "mailto:somebody@example.com")).isNull();
        });
  }

  private static Guard guard(CallRules rules, String url) {
    return rules.guard(URI.create(url), Map.of());
  }
}
