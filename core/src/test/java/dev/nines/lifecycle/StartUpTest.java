package dev.nines.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StartUpTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ManualTime time = new ManualTime();
  private final EventBus bus = new EventBus();
  private final List<Event> told = new CopyOnWriteArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle(time, bus);
  private final StartUp startUp = new StartUp(lifecycle, LIMIT, time, bus);
  private final AtomicReference<Optional<String>> missing =
      new AtomicReference<>(Optional.of("refused"));

  private final CountDownLatch looked = new CountDownLatch(1);

  StartUpTest() {
    bus.render(told::add);
    startUp.after(new StartCondition("orders-db", this::look, "do without"));
    startUp.after(new StartCondition("prices", Optional::empty, "never named"));
  }

  @Test
  void whatIsThereIsNotWaitedForAndNothingIsTold() {
    missing.set(Optional.empty());
    startUp.awaitConditions();

    assertThat(told).isEmpty();
  }

  @Test
  void whatIsNotThereYetIsWaitedForAndItIsToldForWhomAndSinceWhenAndHowLong() throws Exception {
    CompletableFuture<Void> start = begun();
    time.advance(Duration.ofSeconds(1));
    await().until(() -> told.size() == 1);

    assertThat(told.get(0).type()).isEqualTo("start_waiting");
    assertThat(told.get(0).fields())
        .containsEntry("waiting_for", "orders-db")
        .containsEntry("since", "2026-01-01T00:00:00Z")
        .containsEntry("waited_seconds", 1.0)
        .containsEntry("left_seconds", 119.0)
        .containsEntry("reasons", "orders-db: refused");
    assertThat(told.get(0).message())
        .isEqualTo("The start waits for orders-db since 2026-01-01T00:00:00Z;"
            + " 1m59s are left: orders-db: refused");
    assertThat(start).isNotDone();

    missing.set(Optional.empty());
    start.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aLongWaitIsToldEverMoreRarely() {
    CompletableFuture<Void> start = begun();
    int expected = 0;
    for (int second = 1; second < 120; second++) {
      time.advance(Duration.ofSeconds(1));
      if (List.of(1, 3, 7, 15, 31, 61, 91).contains(second)) {
        expected++;
        int told1 = expected;
        await().until(() -> told.size() == told1);
      }
    }
    assertThat(told).hasSize(7);
    missing.set(Optional.empty());
    start.join();
  }

  @Test
  void whatIsNotThereAtTheLimitEndsTheStartAndTheMessageSaysWhatToChange() {
    CompletableFuture<Void> start = begun();
    time.advance(LIMIT);

    assertThatThrownBy(() -> start.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("start: orders-db missing after 2m: orders-db: refused (expected: there within"
            + " lifecycle.start; raise it, or do without)");
    Event failed = told.get(told.size() - 1);
    assertThat(failed.type()).isEqualTo("start_failed");
    assertThat(failed.level()).isEqualTo(System.Logger.Level.ERROR);
    assertThat(failed.fields()).containsEntry("waiting_for", "orders-db");
  }

  @Test
  void anInstanceThatIsToldToEndWaitsNoLonger() {
    CompletableFuture<Void> start = begun();
    lifecycle.advance(Lifecycle.State.DRAINING);

    assertThatThrownBy(start::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("start: told to end while waiting for orders-db");
  }

  @Test
  void anInterruptedStartWaitsNoLongerAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(startUp::awaitConditions)
        .hasMessage("start: interrupted while waiting for orders-db");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Begins to start elsewhere, and returns once that waits. */
  private CompletableFuture<Void> begun() {
    CompletableFuture<Void> start = CompletableFuture.runAsync(startUp::awaitConditions);
    await().until(() -> looked.getCount() == 0);
    return start;
  }

  private Optional<String> look() {
    looked.countDown();
    return missing.get();
  }
}
