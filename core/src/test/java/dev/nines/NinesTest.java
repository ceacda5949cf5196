package dev.nines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.targets.InvalidTargetsException;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.Instrument;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NinesTest {

  private static final ReliabilityTargets QUICK = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
      .build();

  private static NinesBuilder builder() {
    return Nines.builder("checkout").environment(Map.of()).targets(QUICK);
  }

  private static Feature feature(String name, Consumer<FeatureContext> installation) {
    return new Feature() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void install(FeatureContext context) {
        installation.accept(context);
      }
    };
  }

  private static Dependency payments() {
    return Dependency.optional("payments", run -> CheckResult.healthy());
  }

  @Test
  void aStartedServiceIsReadyAndAClosedOneIsStopped() {
    Nines nines = builder().start();
    assertThat(nines.lifecycle().ready()).isTrue();
    nines.close();
    assertThat(nines.lifecycle().ready()).isFalse();
    assertThat(nines.lifecycle().state()).isEqualTo(Lifecycle.State.STOPPED);
  }

  @Test
  void anOpenedServiceWorksAndIsReadyOnceItIsStarted() {
    List<String> warmed = new ArrayList<>();
    try (Nines nines = builder()
        .dependency(payments())
        .warmUp(WarmUp.of("cache", service -> warmed.add("cache")))
        .open()) {
      assertThat(nines.guard("payments").name()).isEqualTo("payments");
      assertThat(nines.lifecycle().state()).isEqualTo(Lifecycle.State.STARTING);
      assertThat(warmed).isEmpty();

      nines.start();
      nines.start();
      assertThat(nines.lifecycle().ready()).isTrue();
      assertThat(warmed).containsExactly("cache");
    }
  }

  @Test
  void whatIsClosedBeforeItIsReadyDoesNotStart() {
    Nines nines = builder().open();
    nines.close();
    assertThatThrownBy(nines::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("told to end");
  }

  @Test
  void aDrainedServiceRefusesAndKeepsItsPoolUntilItIsClosed() {
    List<String> closed = new ArrayList<>();
    Nines nines = builder().closing("pool", () -> closed.add("pool")).start();
    nines.drain();
    assertThat(nines.lifecycle().accepting()).isFalse();
    assertThat(closed).isEmpty();
    nines.close();
    assertThat(closed).containsExactly("pool");
  }

  @Test
  void closingTwiceIsClosingOnce() {
    List<String> closed = new ArrayList<>();
    Nines nines = builder().closing("pool", () -> closed.add("pool")).start();
    nines.close();
    nines.close();
    assertThat(closed).containsExactly("pool");
  }

  @Test
  void whatTheServiceOwnsIsClosedBeforeTelemetryAndTheAdminServerLast() {
    List<String> closed = new ArrayList<>();
    builder()
        .closing("database", () -> closed.add("database"))
        .closing("pool", () -> closed.add("pool"))
        .install(feature("probe", context -> {
          context.onClose(CloseStage.LAST, "last", () -> closed.add("last"));
          context.onClose(CloseStage.TELEMETRY, "logs", () -> closed.add("logs"));
        }))
        .start()
        .close();
    assertThat(closed).containsExactly("pool", "database", "logs", "last");
  }

  @Test
  void aFeatureThatCannotBeInstalledEndsTheStartAndClosesWhatWasOpened() {
    List<String> closed = new ArrayList<>();
    NinesBuilder builder = builder()
        .closing("pool", () -> closed.add("pool"))
        .install(feature("broken", context -> {
          throw new IllegalStateException("no driver");
        }));
    assertThatThrownBy(builder::start).hasMessage("no driver");
    assertThat(closed).containsExactly("pool");
  }

  @Test
  void aTakenAdminPortIsNamedAndEndsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      NinesBuilder builder = builder().admin(AdminServer.onPort(taken.getLocalPort()));
      assertThatThrownBy(builder::start)
          .hasMessageContaining("admin.port: " + taken.getLocalPort())
          .hasMessageContaining("expected: a free port");
    }
  }

  @Test
  void endpointsOfFeaturesAreServedOnTheAdminPort() throws Exception {
    Endpoint greeting = new Endpoint() {
      @Override
      public String path() {
        return "/greeting";
      }

      @Override
      public EndpointResponse handle(EndpointRequest request) {
        return EndpointResponse.text(200, "hello");
      }
    };
    try (Nines nines = builder()
        .install(feature("greeting", context -> context.endpoint(greeting)))
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"))
        .start()) {
      URI uri = URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + "/greeting");
      HttpResponse<String> answer = HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  @Test
  void theSameFeatureTwiceIsRefused() {
    NinesBuilder builder = builder().install(feature("health", context -> {}));
    assertThatThrownBy(() -> builder.install(feature("health", context -> {})))
        .hasMessage("feature: health (expected: each feature once)");
  }

  @Test
  void theSameDependencyTwiceIsRefused() {
    NinesBuilder builder = builder().dependency(payments());
    assertThatThrownBy(() -> builder.dependency(payments()))
        .hasMessage("dependency: payments (expected: each name once)");
  }

  @Test
  void aGuardOfAnUnknownDependencyNamesTheKnownOnes() {
    try (Nines nines = builder().dependency(payments()).start()) {
      assertThatThrownBy(() -> nines.guard("paymets"))
          .hasMessageContaining("paymets")
          .hasMessageContaining("payments");
    }
  }

  @Test
  void aDependencyThatOnlyTheDeclarationNamesIsRefused(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(
        directory.resolve("reliability.yaml"),
        "service: checkout\ndependencies:\n  ledger: {required: true}\n");
    NinesBuilder builder =
        builder().targets(ReliabilityTargets.load(file, Map.of())).dependency(payments());
    assertThatThrownBy(builder::start)
        .hasMessageContaining("ledger")
        .hasMessageContaining("payments");
  }

  @Test
  void codeSaysWhatADependencyIsAndTheFileSaysTheRest(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(
        directory.resolve("reliability.yaml"),
        "dependencies:\n  payments: {required: true, latencyShare: 30%}\n");
    try (Nines nines = builder()
        .targets(ReliabilityTargets.load(file, Map.of()).toBuilder()
            .lifecycle(QUICK.lifecycle())
            .build())
        .dependency(payments())
        .start()) {
      assertThat(nines.guard("payments").settings().targets().required()).isFalse();
      assertThat(nines.guard("payments").settings().deadline()).isEqualTo(Duration.ofMillis(150));
    }
  }

  @Test
  void withoutTargetsTheEnvironmentsDeclarationIsLoaded(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(
        directory.resolve("mine.yaml"),
        "targets: {errorRate: 1%}\nlifecycle: {preStop: 0s, drain: 0s, grace: 6s}\n");
    Map<String, String> environment =
        Map.of("NINES_CONFIG", file.toString(), "NINES_TARGETS_AVAILABILITY", "99%");
    try (Nines nines = Nines.builder("checkout").environment(environment).start()) {
      assertThat(nines.settings().targets().errorRate()).isEqualByComparingTo("0.01");
      assertThat(nines.settings().targets().availability()).isEqualByComparingTo("0.99");
    }
  }

  @Test
  void contradictoryTargetsEndTheStartWithTheReason() {
    NinesBuilder builder =
        builder().dependency(Dependency.required("orders-db").availability(new BigDecimal("0.99")));
    assertThatThrownBy(builder::start)
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessageContaining("orders-db")
        .hasMessageContaining("99.9%");
  }

  @Test
  void theIdentityComesFromCodeThenTheEnvironmentThenTheDeclaration() {
    Map<String, String> environment = Map.of(
        "SERVICE_VERSION", "1.2.3",
        "ENVIRONMENT", "staging",
        "OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=pod%201,service.version=9");
    try (Nines nines = Nines.builder("checkout")
        .environment(environment)
        .targets(QUICK)
        .environment("production")
        .start()) {
      assertThat(nines.identity().service()).isEqualTo("checkout");
      assertThat(nines.identity().version()).isEqualTo("1.2.3");
      assertThat(nines.identity().environment()).isEqualTo("production");
      assertThat(nines.identity().instance()).isEqualTo("pod 1");
    }
  }

  @Test
  void aServiceWithoutANameIsRefused() {
    NinesBuilder builder = Nines.builder().environment(Map.of()).targets(QUICK);
    assertThatThrownBy(builder::start).hasMessageStartingWith("service: none (expected:");
  }

  @Test
  void aServiceMayBeNamedByItsDeclarationOrOpenTelemetrysVariable() {
    ReliabilityTargets named = QUICK.toBuilder().service("orders").build();
    try (Nines nines = Nines.builder().environment(Map.of()).targets(named).start()) {
      assertThat(nines.identity().service()).isEqualTo("orders");
    }
    Map<String, String> environment = Map.of("OTEL_SERVICE_NAME", "from-otel");
    try (Nines nines = Nines.builder().environment(environment).targets(named).start()) {
      assertThat(nines.identity().service()).isEqualTo("from-otel");
    }
  }

  @Test
  void malformedResourceAttributesAreNamed() {
    NinesBuilder builder = Nines.builder("checkout")
        .environment(Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.version=%zz"))
        .targets(QUICK);
    assertThatThrownBy(builder::start).hasMessageContaining("OTEL_RESOURCE_ATTRIBUTES: %zz");
  }

  @Test
  void knownSeriesExistAtZeroFromTheStart() {
    List<Instrument> series = new ArrayList<>();
    try (Nines nines = builder().dependency(payments()).start()) {
      nines.instruments().renderTo(series::add);
    }
    assertThat(series)
        .extracting(i -> i.metric().name() + i.labelValues())
        .contains(
            "nines_build_info[checkout, unknown, unknown]",
            "nines_ready[]",
            "nines_requests_good_total[errors, default]",
            "nines_requests_bad_total[latency_p99, default]",
            "nines_breaker_state[payments, closed]",
            "nines_calls_total[payments, timeout]",
            "process_start_time_seconds[]");
  }

  @Test
  void twoInOneJvmDontDisturbEachOther() {
    try (Nines one = builder().dependency(payments()).start();
        Nines two = Nines.builder("other").environment(Map.of()).targets(QUICK).start()) {
      one.close();
      assertThat(two.lifecycle().ready()).isTrue();
      assertThat(one.lifecycle().ready()).isFalse();
    }
  }

  @Test
  void readinessAndClosingAreTold() {
    List<String> heard = new ArrayList<>();
    Nines nines = builder()
        .install(
            feature("ear", context -> context.events().listen(event -> heard.add(event.type()))))
        .start();
    nines
        .events()
        .publish(new Event("greeting", System.Logger.Level.DEBUG, "hello", Map.of("to", "all")));
    nines.close();
    assertThat(heard)
        .containsSubsequence(
            "lifecycle_ready", "greeting", "lifecycle_draining", "lifecycle_stopped");
  }
}
