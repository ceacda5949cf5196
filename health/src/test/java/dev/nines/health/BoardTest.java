package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.derive.CheckTimings;
import dev.nines.derive.Settings;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoints make of the facts; results are given by hand. */
class BoardTest {

  private static final String SECRET = "connection to 10.1.2.3:5432 refused";
  private static final Duration START = Duration.ofMinutes(2);

  private static final RecoveryReport NOTHING_HAPPENED = new RecoveryReport(
      ReliabilityTargets.threeNines().recovery(),
      new RecoveryReport.Detection(0, 0, Duration.ZERO),
      new RecoveryReport.Unready(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
      List.of());

  private final ManualTime time = new ManualTime();
  private final Lifecycle lifecycle = new Lifecycle(time, new EventBus());
  private final Settings settings = Settings.derive(ReliabilityTargets.builder()
      .dependency(DependencyTargets.required("orders-db"))
      .dependency(DependencyTargets.optional("payments"))
      .build());
  private final CheckTimings timings = settings.checks();
  private final List<Component> components = new ArrayList<>();
  private final Map<String, CheckMonitor> monitors = new HashMap<>();
  private final Guard payments = guards().guard("payments");
  private final Board board;

  BoardTest() {
    add("orders-db", Component.Kind.DEPENDENCY, OnFailure.UNREADY, false, null);
    add("payments", Component.Kind.DEPENDENCY, OnFailure.DEGRADE, false, payments);
    add("disk", Component.Kind.LOCAL, OnFailure.UNREADY, false, null);
    add("deadlock", Component.Kind.LOCAL, OnFailure.UNREADY, true, null);
    board = new Board(
        components,
        lifecycle,
        time,
        new HealthBody(new ServiceIdentity("checkout", "1.2.3", "test", "one"), time, true),
        Surface.STANDARD.questions(),
        START,
        () -> NOTHING_HAPPENED);
    lifecycle.readyWhile(board::open);
  }

  @BeforeEach
  void everythingRuns() {
    monitors.keySet().forEach(name -> give(name, CheckResult.healthy()));
    lifecycle.advance(Lifecycle.State.READY);
  }

  @Test
  void wellIsHealthyEverywhere() {
    assertThat(text("/health"))
        .isEqualTo(
            "{\"status\":\"healthy\",\"service\":\"checkout\",\"version\":\"1.2.3\",\"checks\":{"
                + "\"orders-db\":{\"status\":\"healthy\"},\"payments\":{\"status\":\"healthy\"},"
                + "\"disk\":{\"status\":\"healthy\"},\"deadlock\":{\"status\":\"healthy\"}}}");
    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");
  }

  @Test
  void oneFailureAloneChangesNothing() {
    give("orders-db", CheckResult.unhealthy(SECRET));

    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");
  }

  @Test
  void aRequiredDependencyThatIsDownTakesReadinessAndNotLiveness() {
    twice("orders-db", CheckResult.unhealthy(SECRET));

    assertThat(codes()).isEqualTo("health 503, ready 503, live 200, startup 200");
    assertThat(lifecycle.ready()).isFalse();
    assertThat(json("/ready").at("/checks/orders-db/status").asString()).isEqualTo("unhealthy");

    twice("orders-db", CheckResult.healthy());
    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");
  }

  @Test
  void anOptionalDependencyThatIsDownDegrades() {
    twice("payments", CheckResult.unhealthy(SECRET));

    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");
    assertThat(json("/health").at("/status").asString()).isEqualTo("degraded");
    assertThat(json("/health").at("/checks/payments/status").asString()).isEqualTo("unhealthy");
    assertThat(json("/ready").at("/status").asString()).isEqualTo("healthy");
  }

  @Test
  void anOpenBreakerDegradesAndHalfOpenDoesNot() {
    while (payments.state() != Guard.BreakerState.OPEN) {
      time.advance(Duration.ofMillis(100));
      assertThatThrownBy(() -> payments.run(() -> {
            throw new IOException("refused");
          }))
          .isInstanceOf(IOException.class);
    }
    everythingRuns();
    assertThat(json("/health").at("/status").asString()).isEqualTo("degraded");
    assertThat(json("/health").at("/checks/payments/status").asString()).isEqualTo("degraded");
    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");

    time.advance(Duration.ofMinutes(2));
    payments.probeSucceeded();
    everythingRuns();
    assertThat(payments.state()).isEqualTo(Guard.BreakerState.HALF_OPEN);
    assertThat(json("/health").at("/status").asString()).isEqualTo("healthy");
  }

  @Test
  void aFullDiskTakesReadinessAndADeadlockLivenessToo() {
    twice("disk", CheckResult.unhealthy("disk 99% used"));
    assertThat(codes()).isEqualTo("health 503, ready 503, live 200, startup 200");

    twice("deadlock", CheckResult.unhealthy("2 threads"));
    assertThat(codes()).isEqualTo("health 503, ready 503, live 503, startup 200");
  }

  @Test
  void aResultThatIsTooOldIsUnhealthyWithoutAnyNewResult() {
    time.advance(timings.staleAfter());
    assertThat(codes()).isEqualTo("health 200, ready 200, live 200, startup 200");

    time.advance(Duration.ofNanos(1));
    assertThat(codes()).isEqualTo("health 503, ready 503, live 503, startup 200");
    assertThat(lifecycle.ready()).isFalse();
    assertThat(detailed("/health").at("/checks/disk/message").asString())
        .isEqualTo("the last result is too old");
  }

  @Test
  void whileDrainingReadyRefusesAndHealthStaysInformative() {
    lifecycle.advance(Lifecycle.State.DRAINING);

    assertThat(codes()).isEqualTo("health 200, ready 503, live 200, startup 200");
    assertThat(json("/ready").at("/state").asString()).isEqualTo("draining");
    assertThat(json("/health").at("/state").asString()).isEqualTo("draining");
    assertThat(json("/health").at("/status").asString()).isEqualTo("healthy");
  }

  @Test
  void aConditionOfAnotherPartMakesTheServiceUnhealthyToo() {
    lifecycle.readyWhile(() -> false);

    assertThat(codes()).isEqualTo("health 503, ready 503, live 200, startup 200");
  }

  @Test
  void strangersSeeStatusesOnly() {
    monitors.keySet().forEach(name -> twice(name, CheckResult.unhealthy(SECRET)));

    for (View view : View.values()) {
      for (String accept : List.of("*/*", "application/health+json", "text/plain")) {
        String body = text(view.path(), Map.of("accept", accept), false);
        assertThat(body)
            .doesNotContain(
                "10.1.2.3",
                "refused",
                "message",
                "output",
                "since",
                "Success",
                "duration",
                "took",
                "success",
                "consec");
      }
    }
  }

  @Test
  void theAuthorizedSeeWhatWasFoundAndSinceWhen() {
    time.advance(Duration.ofSeconds(1));
    twice("orders-db", CheckResult.unhealthy(SECRET));

    JsonNode check = detailed("/health").at("/checks/orders-db");
    assertThat(check.at("/message").asString()).isEqualTo(SECRET);
    assertThat(check.at("/since").asString()).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(check.at("/lastSuccess").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(check.at("/consecutiveFailures").asInt()).isEqualTo(2);
    assertThat(check.at("/durationMs").intValue()).isZero();
    assertThat(check.at("/stuckThreads").intValue()).isZero();
    assertThat(detailed("/health").at("/checks/payments/breaker").asString()).isEqualTo("closed");
  }

  @Test
  void theDraftHasItsOwnWords() {
    twice("payments", CheckResult.unhealthy(SECRET));
    Map<String, String> draft = Map.of("accept", "application/health+json");

    EndpointResponse response = get("/health", draft, false);
    assertThat(response.contentType()).isEqualTo("application/health+json");
    assertThat(response.headers()).containsEntry("Vary", "Accept");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"status\":\"warn\",\"serviceId\":\"checkout\",\"releaseId\":\"1.2.3\",\"checks\":{"
                + "\"orders-db\":[{\"componentType\":\"component\",\"status\":\"pass\"}],"
                + "\"payments\":[{\"componentType\":\"component\",\"status\":\"fail\"}],"
                + "\"disk\":[{\"componentType\":\"system\",\"status\":\"pass\"}],"
                + "\"deadlock\":[{\"componentType\":\"system\",\"status\":\"pass\"}]}}");
    assertThat(text("/health", draft, true)).contains("\"output\":\"" + SECRET + "\"");
  }

  @Test
  void whatDidNotChangeIsNotRenderedAgain() {
    EndpointResponse first = get("/health", Map.of(), false);
    give("orders-db", CheckResult.healthy("still fine"));

    assertThat(get("/health", Map.of(), false)).isSameAs(first);
    twice("orders-db", CheckResult.unhealthy(SECRET));
    assertThat(get("/health", Map.of(), false)).isNotSameAs(first);
  }

  @Test
  void aStatusThatHasChangedBackHasChanged() {
    EndpointResponse first = get("/health", Map.of(), false);
    time.advance(Duration.ofSeconds(1));
    twice("payments", CheckResult.unhealthy(SECRET));
    twice("payments", CheckResult.healthy());

    EndpointResponse now = get("/health", Map.of(), false);
    assertThat(now.body()).isEqualTo(first.body());
    assertThat(now.headers().get("ETag")).isNotEqualTo(first.headers().get("ETag"));
  }

  @Test
  void whatNobodyTellsIsSeenTenMillisecondsLater() {
    assertThat(json("/health").at("/status").asString()).isEqualTo("healthy");
    for (int i = 0; i < 2; i++) {
      monitors.get("payments").record(CheckResult.unhealthy(SECRET), time.nanos());
    }

    assertThat(json("/health").at("/status").asString()).isEqualTo("healthy");
    time.advance(Duration.ofMillis(10));
    assertThat(json("/health").at("/status").asString()).isEqualTo("degraded");
  }

  @Test
  void whatTakesReadinessAwayIsSeenAtOnceThoughNobodyTells() {
    assertThat(codes()).startsWith("health 200, ready 200");
    for (int i = 0; i < 2; i++) {
      monitors.get("orders-db").record(CheckResult.unhealthy(SECRET), time.nanos());
    }

    assertThat(codes()).startsWith("health 503, ready 503");
  }

  private void add(
      String name, Component.Kind kind, OnFailure onFailure, boolean live, @Nullable Guard guard) {
    CheckMonitor monitor = new CheckMonitor(
        name, run -> CheckResult.healthy(), timings, time, () -> 0.5, task -> {}, IGNORE);
    monitors.put(name, monitor);
    components.add(new Component(name, kind, onFailure, live, monitor, guard));
  }

  private Dependencies guards() {
    return Dependencies.of(
        List.of(
            Dependency.required("orders-db", run -> CheckResult.healthy()),
            Dependency.optional("payments", run -> CheckResult.healthy())),
        settings,
        () -> BudgetState.NORMAL,
        time,
        Tracing.using(OpenTelemetry.noop()),
        new EventBus(),
        new Instruments());
  }

  private void give(String name, CheckResult result) {
    Condition before = monitors.get(name).state().condition();
    monitors.get(name).record(result, time.nanos());
    if (monitors.get(name).state().condition() != before) {
      board.changed();
    }
  }

  private void twice(String name, CheckResult result) {
    give(name, result);
    give(name, result);
  }

  private String codes() {
    return "health " + get("/health", Map.of(), false).status()
        + ", ready " + get("/ready", Map.of(), false).status()
        + ", live " + get("/live", Map.of(), false).status()
        + ", startup " + get("/startup", Map.of(), false).status();
  }

  private EndpointResponse get(String path, Map<String, String> headers, boolean authorized) {
    return Surface.STANDARD.endpoints(board, new Waiters(board, time)).stream()
        .filter(endpoint -> endpoint.path().equals(path))
        .findFirst()
        .orElseThrow()
        .handle(new EndpointRequest("GET", path, Map.of(), headers, authorized));
  }

  private String text(String path) {
    return text(path, Map.of(), false);
  }

  private String text(String path, Map<String, String> headers, boolean authorized) {
    return new String(get(path, headers, authorized).body(), StandardCharsets.UTF_8);
  }

  private JsonNode json(String path) {
    return new JsonMapper().readTree(text(path));
  }

  private JsonNode detailed(String path) {
    return new JsonMapper().readTree(text(path, Map.of(), true));
  }

  private static final CheckMonitor.Listener IGNORE = new CheckMonitor.Listener() {
    @Override
    public void recorded(
        CheckMonitor monitor, CheckResult result, CheckState before, CheckState after) {}

    @Override
    public void stuck(CheckMonitor monitor, int threads) {}
  };

  /** Before the first results. */
  @Nested
  class Start {

    private final BoardTest fresh = new BoardTest();

    @Test
    void beforeTheFirstResultsTheInstanceIsAliveAndNotReady() {
      assertThat(fresh.codes()).isEqualTo("health 503, ready 503, live 200, startup 503");
      assertThat(fresh.json("/startup").at("/state").asString()).isEqualTo("starting");
      fresh.lifecycle.advance(Lifecycle.State.READY);

      assertThat(fresh.codes()).isEqualTo("health 503, ready 503, live 200, startup 503");
      assertThat(fresh.json("/ready").at("/checks/orders-db/status").asString())
          .isEqualTo("unknown");
    }

    @Test
    void startIsOverWhenEachCheckThatGatesHasLookedWhateverItFound() {
      fresh.lifecycle.advance(Lifecycle.State.READY);
      fresh.give("orders-db", CheckResult.unhealthy(SECRET));
      fresh.give("disk", CheckResult.healthy());
      assertThat(fresh.codes()).isEqualTo("health 503, ready 503, live 200, startup 503");

      fresh.give("deadlock", CheckResult.healthy());
      assertThat(fresh.codes()).isEqualTo("health 503, ready 503, live 200, startup 200");
    }

    @Test
    void afterTheStartLimitNoCheckIsWaitedForAnyLonger() {
      fresh.lifecycle.advance(Lifecycle.State.READY);
      fresh.time.advance(START);

      assertThat(fresh.codes()).isEqualTo("health 503, ready 503, live 200, startup 200");
    }
  }
}
