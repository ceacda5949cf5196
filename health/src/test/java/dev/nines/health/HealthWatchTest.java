package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.CheckResult;
import dev.nines.derive.CheckTimings;
import dev.nines.derive.Settings;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured and told of failure and recovery; results are given by hand, and the clock is turned. */
class HealthWatchTest {

  private static final RecoveryTargets PROMISED =
      ReliabilityTargets.threeNines().recovery();

  private final ManualTime time = new ManualTime();
  private final CheckTimings timings =
      Settings.derive(ReliabilityTargets.threeNines()).checks();
  private final Lifecycle lifecycle = new Lifecycle(time, new EventBus());
  private final List<Event> told = new ArrayList<>();
  private final HealthListeners listeners = new HealthListeners(List.of());
  private final HealthNews news = HealthNews.to(told::add, listeners);
  private final Instruments instruments = new Instruments();
  private final CheckMonitor database = new CheckMonitor(
      "orders-db",
      run -> CheckResult.healthy(),
      timings,
      time,
      () -> 0.5,
      task -> {},
      new CheckMonitor.Listener() {
        @Override
        public void recorded(
            CheckMonitor monitor, CheckResult result, CheckState before, CheckState after) {
          watch.look();
        }

        @Override
        public void stuck(CheckMonitor monitor, int threads) {}
      });
  private final Component component = new Component(
      "orders-db", Component.Kind.DEPENDENCY, OnFailure.UNREADY, false, database, null);
  private final HealthWatch watch = watch();

  private HealthWatch watch() {
    Duration window = timings.flappingWindow();
    ComponentWatch watched =
        new ComponentWatch(component, PROMISED.detection(), window, time.nanos());
    return new HealthWatch(
        PROMISED,
        new ChangeWatch(List.of(watched), time, news),
        new ReadinessWatch(
            lifecycle,
            time,
            window,
            new Recoveries(PROMISED),
            news,
            () -> Unreadiness.of(List.of(component), time.nanos())),
        new BackupWatch(PROMISED.rpo(), news.incidents()));
  }

  @BeforeEach
  void readyService() {
    lifecycle.readyWhile(() -> component.condition(time.nanos()).serves());
    give(CheckResult.healthy());
    lifecycle.advance(Lifecycle.State.READY);
    watch.look();
    told.clear();
  }

  @AfterEach
  void close() throws Exception {
    listeners.close();
  }

  @Test
  void aFailureIsFoundAtMostTheTimeSinceTheLastGoodRunBegan() {
    pass(5);
    long begun = time.nanos();
    pass(2);
    database.record(CheckResult.healthy(), begun);
    pass(5);
    give(CheckResult.unhealthy("refused"));
    pass(5);
    give(CheckResult.unhealthy("refused"));

    assertThat(types()).containsExactly("check_unhealthy", "service_unready");
    assertThat(told.get(0).fields())
        .containsEntry("detection_seconds", 12.0)
        .containsEntry("detection_target_seconds", 30.0)
        .containsEntry("failure_domain", "shared")
        .containsEntry("reason", "refused");
    assertThat(told.get(1).fields())
        .containsEntry("reasons", "orders-db: refused")
        .containsEntry("failure_domain", "shared");
    assertThat(watch.report().detection())
        .isEqualTo(new RecoveryReport.Detection(1, 0, Duration.ofSeconds(12)));
  }

  /** As when the process was stopped, or the machine slept. */
  @Test
  void aFailureThatIsFoundLaterThanPromisedIsToldAndCounted() {
    pass(29);
    give(CheckResult.unhealthy("refused"));
    pass(2);
    give(CheckResult.unhealthy("refused"));

    assertThat(types()).contains("detection_late");
    assertThat(watch.report().detection())
        .isEqualTo(new RecoveryReport.Detection(1, 1, Duration.ofSeconds(31)));
  }

  @Test
  void aRecoveryIsMeasuredAndComparedWithWhatIsPromised() {
    fail();
    pass(60);
    recover();

    Event ready = told.get(told.size() - 1);
    assertThat(ready.type()).isEqualTo("service_ready");
    assertThat(ready.level()).isEqualTo(System.Logger.Level.INFO);
    assertThat(ready.fields())
        .containsEntry("unready_seconds", 60.0)
        .containsEntry("restore_target_seconds", 300.0)
        .containsEntry("rto_seconds", 7200.0)
        .containsEntry("recovery", "within_restore");
    assertThat(watch.report().unready())
        .isEqualTo(new RecoveryReport.Unready(
            1, 0, 0, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO));
  }

  @Test
  void anIncidentThatTakesLongerThanPromisedIsToldWhileItLastsAndOnce() {
    fail();
    told.clear();
    pass(300);
    give(CheckResult.unhealthy("refused"));
    assertThat(types()).isEmpty();

    pass(1);
    give(CheckResult.unhealthy("refused"));
    give(CheckResult.unhealthy("refused"));
    assertThat(types()).containsExactly("restore_exceeded");
    assertThat(watch.report().unready().current()).isEqualTo(Duration.ofSeconds(301));

    pass(7200);
    give(CheckResult.unhealthy("still refused"));
    assertThat(types()).containsExactly("restore_exceeded", "rto_exceeded");
    assertThat(told.get(1).fields()).containsEntry("reasons", "orders-db: still refused");

    recover();
    Event ready = told.get(told.size() - 1);
    assertThat(ready.level()).isEqualTo(System.Logger.Level.WARNING);
    assertThat(ready.fields()).containsEntry("recovery", "over_rto");
    assertThat(watch.report().unready().overRto()).isEqualTo(1);
    assertThat(watch.report().unready().overRestore()).isEqualTo(1);
  }

  @Test
  void drainIsNoIncident() {
    fail();
    told.clear();
    lifecycle.advance(Lifecycle.State.DRAINING);
    pass(10_000);
    watch.look();

    assertThat(told).isEmpty();
    assertThat(watch.report().unready().current()).isZero();
  }

  @Test
  void flappingIsReportedOnceWithARateAndItsEndAndNotLineByLine() {
    for (int i = 0; i < 20; i++) {
      pass(10);
      fail();
      pass(10);
      recover();
    }
    assertThat(types().subList(0, 9))
        .containsExactly(
            "check_unhealthy",
            "service_unready",
            "check_healthy",
            "service_ready",
            "check_unhealthy",
            "service_unready",
            "check_healthy",
            "service_ready",
            "check_unhealthy");
    assertThat(types().subList(9, told.size()))
        .containsExactly("service_unready", "check_flapping", "service_flapping");
    assertThat(told.get(10).fields())
        .containsEntry("changes", 6L)
        .containsEntry("changes_per_minute", 7.2)
        .containsEntry("check", "orders-db");
    assertThat(watch.changes().watches().get(0).changes(Condition.UNHEALTHY)).isEqualTo(20);
    assertThat(watch.readiness().changes(false)).isEqualTo(20);

    pass(290);
    give(CheckResult.healthy());
    assertThat(told).hasSize(12);
    pass(11);
    give(CheckResult.healthy());
    assertThat(types().subList(12, told.size())).containsExactly("check_steady", "service_steady");
    assertThat(told.get(12).fields()).containsEntry("changes", 40L);
    assertThat(told.get(12).message()).contains("orders-db is steady, now healthy, after 40");
  }

  @Test
  void aBackupOlderThanTheRecoveryPointObjectiveIsToldOnceAndWhenItIsNewAgain() {
    AtomicReference<Double> age = new AtomicReference<>(Double.NaN);
    instruments.publish(Metrics.BACKUP_AGE, age::get, "dump");
    watch.backups().follow(instruments);
    watch.look();
    assertThat(watch.report().backups())
        .containsExactly(new RecoveryReport.Backup("dump", Double.NaN, false));

    age.set(86_400.0);
    watch.look();
    assertThat(told).isEmpty();
    assertThat(watch.report().backups())
        .containsExactly(new RecoveryReport.Backup("dump", 86_400, true));

    age.set(86_401.0);
    watch.look();
    watch.look();
    age.set(Double.NaN);
    watch.look();
    assertThat(types()).containsExactly("rpo_exceeded");
    assertThat(told.get(0).fields())
        .containsEntry("backup_age_seconds", 86_401L)
        .containsEntry("rpo_seconds", 86_400L);

    age.set(60.0);
    watch.look();
    assertThat(types()).containsExactly("rpo_exceeded", "rpo_restored");
  }

  @Test
  void anAgeThatCannotBeReadStopsNothing() {
    instruments.publish(
        Metrics.BACKUP_AGE,
        () -> {
          throw new IllegalStateException("no directory");
        },
        "dump");
    watch.backups().follow(instruments);
    fail();

    assertThat(types()).containsExactly("check_unhealthy", "service_unready");
  }

  private void fail() {
    give(CheckResult.unhealthy("refused"));
    give(CheckResult.unhealthy("refused"));
  }

  private void recover() {
    give(CheckResult.healthy());
    give(CheckResult.healthy());
  }

  private void give(CheckResult result) {
    database.record(result, time.nanos());
  }

  private void pass(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  private List<String> types() {
    return told.stream().map(Event::type).toList();
  }
}
