package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.Feature;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.telemetry.Event;
import dev.nines.testing.FairClock;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feature as a service installs it. */
class HealthEndpointsTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);

  @Test
  void itIsFoundOnTheClasspath() {
    assertThat(ServiceLoader.load(Feature.class))
        .anySatisfy(feature -> assertThat(feature).isInstanceOf(HealthEndpoints.class));
  }

  @Test
  void theMachineIsWatchedByItselfAndEverythingHasItsSeries() throws Exception {
    try (TestService service = TestService.running(DETECTION, HealthEndpoints.standard())) {
      await()
          .until(() -> service.status("/live") == 200
              && service
                  .json("/health")
                  .at("/checks/deadlock/status")
                  .asString()
                  .equals("healthy"));

      assertThat(service.json("/health").get("checks").propertyNames())
          .containsExactly("deadlock", "targets", "cpu", "memory", "disk");
      assertThat(service.json("/live").get("checks").propertyNames()).containsExactly("deadlock");
      assertThat(service.json("/ready").get("checks").propertyNames())
          .containsExactly("deadlock", "disk");
      assertThat(service.metric("nines_detection_seconds", "deadlock")).isZero();
      assertThat(service.metric("nines_recovery_seconds")).isZero();
      assertThat(service.metric("nines_check_status", "deadlock", "healthy")).isEqualTo(1);
      assertThat(service.metric("nines_check_status", "deadlock", "unhealthy")).isZero();
      assertThat(service.metric("nines_check_stuck_threads", "deadlock")).isZero();
    }
  }

  /** The check answers only when told, and does not hear the interrupt. */
  @Test
  void aCheckThatNeverReturnsIsReplacedAndTellsThatItIsStuck() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean hung = new AtomicBoolean();
    try (TestService service = TestService.running(
        DETECTION,
        HealthEndpoints.standard().withoutSaturation(),
        Dependency.required("orders-db", run -> {
          if (hung.compareAndSet(false, true)) {
            awaitUninterrupted(never);
          }
          return CheckResult.healthy();
        }))) {
      await().until(() -> service.status("/ready") == 200 && service.status("/startup") == 200);

      assertThat(service.metric("nines_check_stuck_threads", "orders-db")).isEqualTo(1);
      await()
          .untilAsserted(
              () -> assertThat(service.seen()).extracting(Event::type).contains("check_stuck"));
      never.countDown();
      await().until(() -> service.metric("nines_check_stuck_threads", "orders-db") == 0);
    }
  }

  @Test
  void tenHangingChecksDelayNobody() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Dependency[] hanging = IntStream.range(0, 10)
        .mapToObj(i -> Dependency.optional("hanging-" + i, run -> {
          awaitUninterrupted(never);
          return CheckResult.healthy();
        }))
        .toArray(Dependency[]::new);
    try (TestService service =
        TestService.running(DETECTION, HealthEndpoints.standard().withoutSaturation(), hanging)) {
      Duration took =
          FairClock.timing(() -> await().atMost(Duration.ofMinutes(1)).until(() -> service
              .json("/health")
              .at("/checks/hanging-9/status")
              .asString()
              .equals("unhealthy")));
      assertThat(took).isLessThan(DETECTION);

      assertThat(service.json("/health").at("/status").asString()).isEqualTo("degraded");
      assertThat(service.status("/ready")).isEqualTo(200);
      never.countDown();
    }
  }

  @Test
  void aListenerThatBlocksHoldsUpNoCheck() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean down = new AtomicBoolean();
    Dependency database = Dependency.required("orders-db", run -> {
      if (down.get()) {
        throw new IllegalStateException("down");
      }
      return CheckResult.healthy();
    });
    try (TestService service =
        TestService.running(DETECTION, HealthEndpoints.standard().withoutSaturation(), database)) {
      service.nines().events().listen(event -> awaitUninterrupted(never));
      await().until(() -> service.status("/ready") == 200);
      down.set(true);
      await().until(() -> service.status("/ready") == 503);
      down.set(false);
      await().until(() -> service.status("/ready") == 200);
      never.countDown();
    }
  }

  @Test
  void closingEndsEveryThread() throws Exception {
    TestService service =
        TestService.running(DETECTION, HealthEndpoints.standard().check("own-to-close", run -> {
          new CountDownLatch(1).await();
          return CheckResult.healthy();
        }));
    await().until(() -> threads("nines-check-own-to-close") > 0);
    service.close();

    await().until(() -> threads("nines-check-own-to-close") == 0);
  }

  @Test
  void ownChecksDegradeUnlessTheySayOtherwise() throws Exception {
    try (TestService service = TestService.running(
        DETECTION,
        HealthEndpoints.standard()
            .withoutSaturation()
            .check("cache", run -> CheckResult.unhealthy("cold")))) {
      await().until(() -> service.status("/ready") == 200);
      await().until(() -> service.json("/health").at("/status").asString().equals("degraded"));
    }
    try (TestService service = TestService.running(
        DETECTION,
        HealthEndpoints.standard()
            .withoutSaturation()
            .check("licence", run -> CheckResult.unhealthy("expired"), OnFailure.UNREADY))) {
      await().until(() -> service.status("/startup") == 200);
      assertThat(service.status("/ready")).isEqualTo(503);
    }
  }

  @Test
  void aPassingCheckLetsAnOpenBreakerTryAgainWithoutTraffic() throws Exception {
    try (TestService service = TestService.running(
        DETECTION,
        HealthEndpoints.standard().withoutSaturation(),
        Dependency.optional("payments", run -> CheckResult.healthy()))) {
      Guard payments = service.nines().guard("payments");
      await().until(() -> {
        assertThatThrownBy(() -> payments.run(() -> {
              throw new IOException("refused");
            }))
            .isInstanceOf(Exception.class);
        return payments.state() == Guard.BreakerState.OPEN;
      });
      assertThat(service.json("/health").at("/status").asString()).isEqualTo("degraded");
      assertThat(service.status("/ready")).isEqualTo(200);

      await().until(() -> payments.state() == Guard.BreakerState.HALF_OPEN);
      assertThat(service.json("/health").at("/status").asString()).isEqualTo("healthy");
    }
  }

  @Test
  void aNameIsTakenOnce() {
    assertThatThrownBy(() -> TestService.running(
            DETECTION,
            HealthEndpoints.standard().check("orders-db", run -> CheckResult.healthy()),
            Dependency.required("orders-db", run -> CheckResult.healthy())))
        .hasMessage(
            "check: 'orders-db' (expected: a name that no dependency and no other check has)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "é", "a/b"})
  void aNameThatIsNoLabelIsRefused(String name) {
    assertThatThrownBy(() -> HealthEndpoints.standard().check(name, run -> CheckResult.healthy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 1 to 100 letters, digits, '.', '_' or '-'");
  }

  @Test
  void aRemoteCheckForLivenessDoesNotCompile() {
    assertThat(compilationErrors("Checks.deadlock()")).isEmpty();
    assertThat(compilationErrors("Checks.tcp(\"db\", 5432)"))
        .singleElement()
        .asString()
        .contains("LocalCheck");
  }

  private static List<String> compilationErrors(String check) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String code = "import dev.nines.health.*; import dev.nines.health.checks.*;"
        + "class Live { Object health = HealthEndpoints.standard().live(\"x\", " + check + "); }";
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Live.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    List<String> errors = new ArrayList<>();
    compiler
        .getTask(
            new StringWriter(),
            null,
            diagnostic -> {
              if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic.getMessage(null));
              }
            },
            List.of("-proc:none", "-d", System.getProperty("java.io.tmpdir")),
            null,
            List.of(source))
        .call();
    return errors;
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        // Deaf on purpose: what the scheduler must survive.
        over = false;
      }
    }
  }
}
