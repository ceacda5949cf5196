package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.telemetry.Event;
import dev.nines.testing.FairClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever listens hears everything in its order, and can harm nobody. */
class HealthListenerTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);

  private final AtomicBoolean down = new AtomicBoolean();
  private final Dependency database = Dependency.required("orders-db", run -> {
    if (down.get()) {
      throw new IllegalStateException("refused");
    }
    return CheckResult.healthy();
  });

  /** Writes down what it hears. */
  private static final class Diary implements HealthListener {

    private final List<CheckChange> checks = new CopyOnWriteArrayList<>();
    private final List<ReadinessChange> readiness = new CopyOnWriteArrayList<>();

    @Override
    public void checkChanged(CheckChange change) {
      checks.add(change);
    }

    @Override
    public void readinessChanged(ReadinessChange change) {
      readiness.add(change);
    }

    List<String> of(String check) {
      return checks.stream()
          .filter(change -> change.check().equals(check))
          .map(change -> change.from().label() + " to " + change.to().label())
          .toList();
    }
  }

  @Test
  void everyChangeIsHeardThoughOtherListenersBlockAndThrow() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    HealthListener deaf = new HealthListener() {
      @Override
      public void checkChanged(CheckChange change) {
        awaitUninterrupted(never);
      }
    };
    HealthListener broken = new HealthListener() {
      @Override
      public void checkChanged(CheckChange change) {
        throw new NoClassDefFoundError("of the listener");
      }

      @Override
      public void readinessChanged(ReadinessChange change) {
        throw new IllegalStateException("of the listener");
      }
    };
    Diary diary = new Diary();
    HealthEndpoints health = HealthEndpoints.standard()
        .withoutSaturation()
        .onChange(deaf)
        .onChange(broken)
        .onChange(diary);
    TestService service = TestService.running(DETECTION, health, database);
    try (service) {
      await().until(() -> service.status("/ready") == 200);
      down.set(true);
      await().until(() -> service.status("/ready") == 503);
      down.set(false);
      await().until(() -> service.status("/ready") == 200);

      await().untilAsserted(() -> assertThat(diary.of("orders-db"))
          .containsExactly("unknown to healthy", "healthy to unhealthy", "unhealthy to healthy"));
      await().untilAsserted(() -> assertThat(diary.readiness)
          .extracting(ReadinessChange::ready)
          .containsExactly(true, false, true));
      assertThat(diary.checks.stream().filter(c -> c.to() == Condition.UNHEALTHY))
          .allSatisfy(change -> {
            assertThat(change.domain()).isEqualTo(FailureDomain.SHARED);
            assertThat(change.message()).contains("refused");
            assertThat(change.flapping()).isFalse();
            assertThat(change.lasted()).isPositive();
          });
      assertThat(diary.readiness.get(1).reasons()).contains("orders-db", "refused");
      assertThat(service.metric("nines_check_changes_total", "orders-db", "unhealthy"))
          .isEqualTo(1);
      assertThat(service.metric("nines_check_changes_total", "orders-db", "healthy"))
          .isEqualTo(2);
      assertThat(service.metric("nines_readiness_changes_total", "unready")).isEqualTo(1);
      await().untilAsserted(() -> assertThat(
              service.metric("nines_telemetry_dropped_total", "health_listener"))
          .isGreaterThanOrEqualTo(4));
      await().untilAsserted(() -> assertThat(service.seen())
          .extracting(Event::type)
          .contains("check_unhealthy", "service_unready", "check_healthy", "service_ready"));

      Duration took = FairClock.timing(service::close);
      assertThat(took)
          .as("one listener that never returns costs the end of the service a second")
          .isLessThan(Duration.ofSeconds(5));
    } finally {
      never.countDown();
    }
  }

  @Test
  void whatComesWhileTooManyWaitIsDroppedAndCounted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Mailbox mailbox = new Mailbox("test");
    mailbox.post(() -> awaitUninterrupted(go));
    List<Integer> delivered = new CopyOnWriteArrayList<>();
    for (int i = 0; i < Mailbox.CAPACITY + 10; i++) {
      int number = i;
      mailbox.post(() -> delivered.add(number));
    }
    assertThat(mailbox.lost()).isBetween(9L, 10L); // the first may not have been taken out yet
    go.countDown();
    mailbox.shut();
    mailbox.awaitEmpty(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));

    assertThat(delivered).isSorted().hasSizeBetween(Mailbox.CAPACITY, Mailbox.CAPACITY + 1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        // Deaf on purpose.
        over = false;
      }
    }
  }
}
