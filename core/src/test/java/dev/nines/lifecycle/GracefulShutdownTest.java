package dev.nines.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GracefulShutdownTest {

  private static final Duration PRE_STOP = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration A_BIT = Duration.ofMillis(1);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final EventBus bus = new EventBus();
  private final ManualTime time = new ManualTime();
  private final Lifecycle lifecycle = new Lifecycle(time, bus);
  private final AtomicLong active = new AtomicLong();
  private final CountDownLatch never = new CountDownLatch(1);
  private final GracefulShutdown shutdown = new GracefulShutdown(
      lifecycle, new ShutdownTimings(PRE_STOP, DRAIN, GRACE), active::get, time, bus);

  @BeforeEach
  void watch() {
    bus.render(events::add);
    lifecycle.onChange(state -> steps.add(state.name()));
    for (CloseStage stage : List.of(CloseStage.LAST, CloseStage.TELEMETRY, CloseStage.DRAINED)) {
      shutdown.onClose(stage, stage.name(), () -> steps.add("close " + stage));
    }
  }

  @AfterEach
  void release() {
    never.countDown();
  }

  @Test
  void withoutTrafficItStillWaitsForBalancersAndThenClosesInOrder() {
    lifecycle.advance(Lifecycle.State.READY);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(shutdown::close);
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);

    time.advance(PRE_STOP.minus(A_BIT));
    staysSo(() -> lifecycle.accepting() && steps.size() == 2);
    time.advance(A_BIT);
    closing.join();

    assertThat(steps)
        .containsExactly(
            "READY", "DRAINING", "close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
    assertThat(lifecycle.accepting()).isFalse();
  }

  @Test
  void requestsUnderWayFinishBeforeAnythingIsClosed() {
    lifecycle.advance(Lifecycle.State.READY);
    active.set(3);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(shutdown::close);
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);
    time.advance(PRE_STOP);
    await().until(() -> !lifecycle.accepting());

    active.set(1);
    time.advance(DRAIN.minus(A_BIT));
    staysSo(() -> steps.size() == 2);
    active.set(0);
    closing.join();

    assertThat(steps).contains("close DRAINED");
    assertThat(events).extracting(Event::type).doesNotContain("shutdown_drain_limit");
  }

  @Test
  void aContainerDrainsFirstAndClosesLater() {
    lifecycle.advance(Lifecycle.State.READY);
    active.set(1);
    CompletableFuture<Void> draining = CompletableFuture.runAsync(shutdown::drain);
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);
    time.advance(PRE_STOP);
    await().until(() -> !lifecycle.accepting());
    active.set(0);
    draining.join();
    assertThat(steps).containsExactly("READY", "DRAINING");

    shutdown.close();

    assertThat(steps)
        .containsExactly(
            "READY", "DRAINING", "close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
    assertThat(time.nanos()).as("nothing was waited for twice").isEqualTo(PRE_STOP.toNanos());
  }

  @Test
  void whoClosesDuringTheDrainOfAnotherWaitsForItsEnd() {
    lifecycle.advance(Lifecycle.State.READY);
    CompletableFuture<Void> draining = CompletableFuture.runAsync(shutdown::drain);
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(shutdown::close);
    staysSo(() -> steps.size() == 2);
    time.advance(PRE_STOP);
    CompletableFuture.allOf(draining, closing).join();

    assertThat(steps).endsWith("close LAST");
  }

  @Test
  void whoeverClosesOnHearingOfTheDrainIsNotWaitedFor() {
    lifecycle.onChange(state -> {
      if (state == Lifecycle.State.DRAINING) {
        shutdown.close();
      }
    });
    shutdown.drain();
    assertThat(steps).endsWith("close LAST");
  }

  @Test
  void aRequestThatNeverEndsIsLeftAtTheLimitAndTold() {
    lifecycle.advance(Lifecycle.State.READY);
    active.set(2);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(shutdown::close);
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);
    time.advance(PRE_STOP);
    await().until(() -> !lifecycle.accepting());
    time.advance(DRAIN);
    closing.join();

    assertThat(steps).endsWith("close LAST");
    assertThat(told("shutdown_drain_limit").fields()).containsEntry("in_flight", 2L);
  }

  @Test
  void whatNeverWasReadyIsClosedWithoutWaiting() {
    shutdown.close();

    assertThat(time.nanos()).isZero();
    assertThat(steps)
        .containsExactly("DRAINING", "close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
  }

  @Test
  void withinAStageTheLastRegisteredGoesFirst() {
    shutdown.onClose(CloseStage.DRAINED, "pool", () -> steps.add("pool"));
    shutdown.onClose(CloseStage.DRAINED, "server", () -> steps.add("server"));

    shutdown.close();

    assertThat(steps).containsSubsequence("server", "pool", "close DRAINED", "STOPPED");
  }

  @Test
  void aFailureIsToldAndStopsNothing() {
    shutdown.onClose(CloseStage.DRAINED, "pool", () -> {
      throw new Exception("broken");
    });
    shutdown.onClose(CloseStage.DRAINED, "server", () -> {
      throw new AssertionError("broken");
    });

    shutdown.close();

    assertThat(steps).endsWith("close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
    assertThat(events)
        .filteredOn(event -> event.type().equals("shutdown_close_failed"))
        .extracting(event -> event.fields().get("closeable"))
        .containsExactly("server", "pool");
  }

  @Test
  void whatHangsIsInterruptedAndLeftBehindWithinTheGrace() {
    List<Thread> interrupted = new CopyOnWriteArrayList<>();
    for (CloseStage stage : CloseStage.values()) {
      shutdown.onClose(stage, "hanging " + stage, () -> {
        steps.add("hang");
        awaitStubbornly(never, interrupted);
      });
    }
    CompletableFuture<Void> closing = CompletableFuture.runAsync(shutdown::close);
    for (int hangs = 1; hangs <= 3; hangs++) {
      int seen = hangs;
      await().until(() -> steps.stream().filter("hang"::equals).count() == seen);
      while (interrupted.size() < hangs && time.nanos() < GRACE.toNanos()) {
        time.advance(Duration.ofMillis(100));
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
    }
    closing.join();

    assertThat(steps).contains("close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
    assertThat(Duration.ofNanos(time.nanos()))
        .isLessThanOrEqualTo(GRACE.minus(ShutdownTimings.MARGIN));
    assertThat(events)
        .filteredOn(event -> event.type().equals("shutdown_close_hung"))
        .hasSize(3);
  }

  @Test
  void tenThreadsCloseOnceAndAllWaitForTheEnd() {
    CountDownLatch slow = new CountDownLatch(1);
    shutdown.onClose(CloseStage.DRAINED, "slow", slow::await);
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      closing.add(CompletableFuture.runAsync(shutdown::close, task -> new Thread(task).start()));
    }
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);
    staysSo(() -> closing.stream().noneMatch(CompletableFuture::isDone));
    slow.countDown();
    closing.forEach(CompletableFuture::join);

    assertThat(steps)
        .containsExactly("DRAINING", "close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
  }

  @Test
  void closingFromWithinDoesNotWaitForItself() {
    shutdown.onClose(CloseStage.DRAINED, "circle", shutdown::close);
    lifecycle.onChange(state -> shutdown.close());

    shutdown.close();

    assertThat(time.nanos()).isZero();
    assertThat(events).extracting(Event::type).doesNotContain("shutdown_close_hung");
  }

  @Test
  void anInterruptEndsTheWaitingButNotTheClosing() throws Exception {
    lifecycle.advance(Lifecycle.State.READY);
    active.set(1);
    List<Boolean> flag = new CopyOnWriteArrayList<>();
    Thread closer = new Thread(() -> {
      shutdown.close();
      flag.add(Thread.currentThread().isInterrupted());
    });
    closer.start();
    await().until(() -> lifecycle.state() == Lifecycle.State.DRAINING);

    closer.interrupt();
    closer.join();

    assertThat(steps).endsWith("close DRAINED", "STOPPED", "close TELEMETRY", "close LAST");
    assertThat(flag).containsExactly(true);
  }

  @Test
  void whatIsRegisteredTooLateIsClosedAtOnce() {
    shutdown.close();

    assertThatThrownBy(() -> shutdown.onClose(CloseStage.DRAINED, "late", () -> steps.add("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("onClose: late after stage DRAINED (expected:");
    assertThat(steps).endsWith("late");
  }

  @Test
  void aCounterThatFailsDoesNotKeepTheRestFromClosing() {
    GracefulShutdown broken = new GracefulShutdown(
        lifecycle,
        new ShutdownTimings(PRE_STOP, DRAIN, GRACE),
        () -> {
          throw new IllegalStateException("counter");
        },
        time,
        bus);
    broken.onClose(CloseStage.LAST, "admin", () -> steps.add("admin"));

    broken.close();

    assertThat(steps).endsWith("admin");
  }

  @Test
  void closingWithdrawsTheHookFromTheJvm() {
    shutdown.closeOnJvmExit();
    shutdown.close();

    GracefulShutdown again = shutdown;
    assertThatThrownBy(() -> {
          again.closeOnJvmExit();
          again.closeOnJvmExit();
        })
        .as("the hook was free to be registered once more, and only once")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGraceThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> new ShutdownTimings(PRE_STOP, DRAIN, Duration.ofSeconds(26)))
        .hasMessageStartingWith(
            "lifecycle.grace: PT26S (expected: more than preStop PT5S + drain PT20S");
    assertThatThrownBy(() -> new ShutdownTimings(Duration.ofSeconds(-1), DRAIN, GRACE))
        .hasMessage("lifecycle.preStop: PT-1S (expected: 0 s or more)");
  }

  private Event told(String type) {
    return events.stream()
        .filter(event -> event.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static void staysSo(java.util.concurrent.Callable<Boolean> condition) {
    await().during(Duration.ofMillis(100)).until(condition);
  }

  private static void awaitStubbornly(CountDownLatch latch, List<Thread> interrupted) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted.add(Thread.currentThread());
      }
    }
  }
}
