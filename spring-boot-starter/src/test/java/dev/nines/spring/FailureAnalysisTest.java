package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {

  @Configuration(proxyBeanMethods = false)
  static class DeadDatabase {
    @Bean
    Dependency orders() {
      return Dependency.required("orders-db", run -> CheckResult.unhealthy("refused"));
    }
  }

  @Test
  void aWrongPropertyIsToldWithItsPlaceAndWhatIsExpected(CapturedOutput output) {
    assertThatThrownBy(
        () -> RunningService.start(List.of(SampleService.class), "--nines.targets.error-rate=50%"));
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Nines cannot start:")
        .contains("\"nines.targets.error-rate\" from property source \"commandLineArgs\"")
        .contains("targets.errorRate: 50% (expected: more than 0% and at most 20%)")
        .contains("Expected is more than 0% and at most 20%.");
  }

  @Test
  void aTakenAdminPortIsTold(CapturedOutput output) throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> RunningService.start(
          List.of(SampleService.class), "--nines.admin.port=" + taken.getLocalPort()));
      assertThat(output)
          .contains("Nines cannot start:")
          .contains("admin.port: " + taken.getLocalPort());
    }
  }

  @Test
  void aClashIsTold(CapturedOutput output) {
    assertThatThrownBy(
        () -> RunningService.start(List.of(SampleService.class, EndpointsTest.OwnHealth.class)));
    assertThat(output)
        .contains("endpoint /health: also served by ")
        .contains("Expected is a path of its own; move that one, or set nines.admin.port");
  }

  @Test
  void aDependencyThatIsNotThereInTimeIsTold(CapturedOutput output) {
    assertThatThrownBy(() -> RunningService.start(
        List.of(SampleService.class, DeadDatabase.class), "--nines.lifecycle.start=1s"));
    assertThat(output)
        .contains("Nines cannot start:")
        .contains("start: orders-db missing after 1s: orders-db: refused");
  }
}
