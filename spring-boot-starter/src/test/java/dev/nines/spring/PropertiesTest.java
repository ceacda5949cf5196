package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.Nines;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.SaturationTargets;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PropertiesTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(
          AutoConfigurations.of(NinesAutoConfiguration.class, NinesMetricsAutoConfiguration.class))
      .withPropertyValues("nines.lifecycle.pre-stop=0s");

  @TempDir
  Path directory;

  @Test
  void everyKeyOfADeclarationHasItsProperty() {
    runner
        .withPropertyValues(
            "nines.targets.availability=99.8%",
            "nines.targets.error-rate=0.2%",
            "nines.targets.latency.p95=150ms",
            "nines.targets.latency.p99.9=1m30s",
            "nines.targets.saturation.cpu=60%",
            "nines.targets.saturation.memory=70%",
            "nines.targets.saturation.disk=75%",
            "nines.targets.recovery.detection=20s",
            "nines.targets.recovery.restore=4m",
            "nines.targets.recovery.rollback=3m",
            "nines.targets.recovery.rto=1h",
            "nines.targets.recovery.rpo=12h",
            "nines.targets.durability=99.99%",
            "nines.targets.window=28d",
            "nines.lifecycle.start=1m",
            "nines.lifecycle.drain=10s",
            "nines.lifecycle.grace=15s",
            "nines.traffic.peak=6000/m",
            "nines.routes.[POST /orders].error-rate=1%",
            "nines.routes.[POST /orders].latency.p99=1s",
            "nines.dependencies.payments.required=false",
            "nines.dependencies.payments.availability=99.5%",
            "nines.dependencies.payments.latency-share=50%",
            "nines.dependencies.payments.on-failure=degrade",
            "nines.dependencies.payments.error-rate=2%",
            "nines.dependencies.payments.failure-rate-threshold=30%",
            "nines.dependencies.payments.deadline=250ms")
        .run(context -> {
          ReliabilityTargets targets = context.getBean(Nines.class).settings().targets();
          assertThat(targets.availability()).isEqualByComparingTo("0.998");
          assertThat(targets.errorRate()).isEqualByComparingTo("0.002");
          assertThat(targets.latency().threshold(new BigDecimal("0.95")))
              .contains(Duration.ofMillis(150));
          assertThat(targets.latency().threshold(new BigDecimal("0.999")))
              .contains(Duration.ofSeconds(90));
          assertThat(targets.saturation())
              .isEqualTo(new SaturationTargets(
                  new BigDecimal("0.6"), new BigDecimal("0.7"), new BigDecimal("0.75")));
          assertThat(targets.recovery().detection()).isEqualTo(Duration.ofSeconds(20));
          assertThat(targets.recovery().restore()).isEqualTo(Duration.ofMinutes(4));
          assertThat(targets.recovery().rollback()).isEqualTo(Duration.ofMinutes(3));
          assertThat(targets.recovery().rto()).isEqualTo(Duration.ofHours(1));
          assertThat(targets.recovery().rpo()).isEqualTo(Duration.ofHours(12));
          assertThat(targets.durability()).isEqualByComparingTo("0.9999");
          assertThat(targets.window()).isEqualTo(Duration.ofDays(28));
          assertThat(targets.lifecycle().start()).isEqualTo(Duration.ofMinutes(1));
          assertThat(targets.lifecycle().preStop()).isZero();
          assertThat(targets.lifecycle().drain()).isEqualTo(Duration.ofSeconds(10));
          assertThat(targets.lifecycle().grace()).isEqualTo(Duration.ofSeconds(15));
          assertThat(targets.peakRequestsPerSecond())
              .hasValueSatisfying(peak -> assertThat(peak).isEqualByComparingTo("100"));
          assertThat(targets.errorRate("POST /orders")).isEqualByComparingTo("0.01");
          assertThat(targets.latency("POST /orders").p99()).isEqualTo(Duration.ofSeconds(1));
          assertThat(targets.dependencies().get("payments")).satisfies(payments -> {
            assertThat(payments.required()).isFalse();
            assertThat(payments.availability()).contains(new BigDecimal("0.995"));
            assertThat(payments.latencyShare()).isEqualByComparingTo("0.5");
            assertThat(payments.onFailure()).isEqualTo(OnFailure.DEGRADE);
            assertThat(payments.errorRate()).contains(new BigDecimal("0.02"));
            assertThat(payments.failureRateThreshold()).contains(new BigDecimal("0.3"));
            assertThat(payments.deadline()).contains(Duration.ofMillis(250));
          });
        });
  }

  @Test
  void aFileIsReadAndPropertiesOverruleIt() throws Exception {
    Path file = Files.writeString(directory.resolve("reliability.yaml"), """
        service: orders
        targets: {errorRate: 1%, window: 28d}
        """);
    runner
        .withPropertyValues("nines.config=" + file, "nines.targets.error-rate=2%")
        .run(context -> {
          ReliabilityTargets targets = context.getBean(ReliabilityTargets.class);
          assertThat(targets.errorRate()).isEqualByComparingTo("0.02");
          assertThat(targets.window()).isEqualTo(Duration.ofDays(28));
          assertThat(context.getBean(Nines.class).identity().service()).isEqualTo("orders");
        });
  }

  @Test
  void aDependencyOfTheFileThatNobodyDeclaresEndsTheStart() throws Exception {
    Path file = Files.writeString(
        directory.resolve("reliability.yaml"), "dependencies: {paymnets: {required: false}}\n");
    runner
        .withPropertyValues("nines.config=" + file)
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("paymnets"));
  }

  @Test
  void aDependencyOfThePropertiesNeedsNoCode() {
    runner
        .withPropertyValues(
            "nines.dependencies.payments.url=http://localhost:1/status",
            "nines.dependencies.payments.required=false",
            "nines.dependencies.mail.required=false")
        .run(context -> {
          assertThat(context.getBean(Nines.class).guard("payments").name()).isEqualTo("payments");
          assertThat(context.getBean(Nines.class).guard("mail").name()).isEqualTo("mail");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nines.targets.error-rate=50%|targets.errorRate: 50% (expected: more than 0% and at most 20%)",
        "nines.targets.window=30|targets.window: 30 (expected: ",
        "nines.targets.latency.p101=1s|targets.latency.p101: unknown key (expected: ",
        "nines.targets.recovery.detection=1s|recovery.detection: 1s (expected: ",
        "nines.dependencies.payments.latency-share=120%|latencyShare: 120% (expected: ",
        "nines.dependencies.payments.url=payments|nines.dependencies.payments.url: ",
        "nines.admin.port=70000|nines.admin.port: 70000 (expected: 0 to 65535)",
        "nines.metrics.max-series=1|nines.metrics.maxSeries: 1 (expected: 500 to 1000000)",
        "nines.trusted-proxies=anybody|trusted proxy: anybody (expected: ",
        "nines.tragets.window=30d|The elements [nines.tragets.window] were left unbound",
      })
  void whatCannotBeKeptEndsTheStart(String property, String message) {
    runner.withPropertyValues(property).run(context -> {
      Throwable cause = context.getStartupFailure();
      assertThat(cause).as("the start failed").isNotNull();
      while (cause.getCause() != null && !(cause instanceof NinesStartException)) {
        cause = cause.getCause();
      }
      assertThat(cause).hasMessageContaining(message);
    });
  }

  @Test
  void aShortTokenIsRefusedAndNotShown() {
    runner
        .withPropertyValues("nines.admin.port=0", "nines.admin.token=secret")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("expected: at least 16 visible ASCII characters")
            .hasMessageNotContaining("secret"));
  }
}
