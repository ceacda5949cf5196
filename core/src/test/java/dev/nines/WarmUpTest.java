package dev.nines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.Instrument;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readiness waits for warm-ups, and never for longer than was said. */
class WarmUpTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private final List<Event> told = new CopyOnWriteArrayList<>();
  private final Map<String, Instrument> published = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Lifecycle> lifecycle = new AtomicReference<>();
  private Nines nines;

  private final NinesBuilder builder = Nines.builder("checkout")
      .environment(Map.of())
      .openTelemetry(OpenTelemetry.noop())
      .targets(ReliabilityTargets.builder()
          .lifecycle(new LifecycleTimings(
              Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
          .build())
      .install(new Feature() {
        @Override
        public String name() {
          return "recorder";
        }

        @Override
        public void install(FeatureContext context) {
          lifecycle.set(context.lifecycle());
          context.events().render(told::add);
          context
              .instruments()
              .renderTo(i -> published.put(i.metric().name() + i.labelValues(), i));
          context.onClose(CloseStage.LAST, "recorder", () -> closed.set(true));
        }
      });

  @AfterEach
  void close() {
    if (nines != null) {
      nines.close();
    }
  }

  @Test
  void theServiceIsReadyOnlyAfterItsWarmUpsWhichMayUseIt() {
    AtomicReference<Lifecycle.State> meanwhile = new AtomicReference<>();
    nines = builder
        .warmUp(WarmUp.of("cache", warming -> meanwhile.set(warming.lifecycle().state())))
        .start();

    assertThat(meanwhile).hasValue(Lifecycle.State.STARTING);
    assertThat(nines.lifecycle().ready()).isTrue();
    assertThat(types()).containsExactly("warmup_done", "lifecycle_ready");
    assertThat(count("cache", "done")).isEqualTo(1);
    assertThat(count("cache", "abandoned")).isZero();
    assertThat(seconds("cache")).isPositive();
  }

  /** Each waits for the other two, so one after the other would never end. */
  @Test
  void severalRunSideBySide() {
    CyclicBarrier together = new CyclicBarrier(3);
    for (String name : List.of("one", "two", "three")) {
      builder.warmUp(WarmUp.of(name, warming -> together.await()));
    }
    nines = builder.start();

    assertThat(types())
        .containsExactly("warmup_done", "warmup_done", "warmup_done", "lifecycle_ready");
  }

  /** It does not hear the interrupt, and comes back when the service has long been ready. */
  @Test
  void oneThatHangsIsAbandonedAndToldAndCountedAndToldAgainIfItEndsAfterAll() {
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    nines = builder
        .warmUp(WarmUp.of("cache", warming -> {
              while (over.getCount() > 0) {
                try {
                  over.await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              }
            })
            .within(SHORT))
        .start();

    assertThat(nines.lifecycle().ready()).isTrue();
    assertThat(types()).containsExactly("warmup_abandoned", "lifecycle_ready");
    assertThat(told.get(0).level()).isEqualTo(System.Logger.Level.WARNING);
    assertThat(told.get(0).fields()).containsEntry("limit_seconds", 0.2);
    assertThat(count("cache", "abandoned")).isEqualTo(1);
    await().untilTrue(interrupted);

    over.countDown();
    await().until(() -> types().contains("warmup_done_late"));
    assertThat(count("cache", "done_late")).isEqualTo(1);
  }

  @Test
  void oneThatHearsTheInterruptIsAbandonedAndNotFailedTwice() {
    CountDownLatch never = new CountDownLatch(1);
    nines = builder
        .warmUp(WarmUp.of("cache", warming -> never.await()).within(SHORT))
        .start();
    await().until(() -> threads("nines-warmup-cache") == 0);

    assertThat(types()).containsExactly("warmup_abandoned", "lifecycle_ready");
    assertThat(count("cache", "failed")).isZero();
  }

  @Test
  void oneThatFailsLeavesTheServiceReady() {
    nines = builder
        .warmUp(WarmUp.of("cache", warming -> {
          throw new IOException("no route to cache");
        }))
        .start();

    assertThat(nines.lifecycle().ready()).isTrue();
    assertThat(types()).containsExactly("warmup_failed", "lifecycle_ready");
    assertThat(told.get(0).cause()).hasMessage("no route to cache");
    assertThat(count("cache", "failed")).isEqualTo(1);
  }

  @Test
  void oneThatTheServiceCannotDoWithoutEndsTheStartAndClosesEverything() {
    builder.warmUp(WarmUp.of("licence", warming -> {
          throw new IOException("expired");
        })
        .orFail());

    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "start: warm-up licence failed after ", "java.io.IOException: expired", "orFail()")
        .hasCauseInstanceOf(IOException.class);
    assertThat(told.get(0).level()).isEqualTo(System.Logger.Level.ERROR);
    assertThat(closed).isTrue();
  }

  @Test
  void oneThatHangsAndThatTheServiceCannotDoWithoutEndsTheStart() {
    CountDownLatch never = new CountDownLatch(1);
    builder.warmUp(WarmUp.of("licence", warming -> never.await()).within(SHORT).orFail());

    assertThatThrownBy(builder::start)
        .hasMessageContaining("start: warm-up licence abandoned after 2");
    assertThat(closed).isTrue();
  }

  @Test
  void aServiceThatIsToldToEndMeanwhileAbandonsThem() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    builder.warmUp(WarmUp.of("cache", warming -> {
      begun.countDown();
      never.await();
    }));
    CompletableFuture<Nines> start = CompletableFuture.supplyAsync(builder::start);
    await().until(() -> begun.getCount() == 0);
    lifecycle.get().advance(Lifecycle.State.DRAINING);

    assertThatThrownBy(start::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("start: told to end while waiting for warm-up cache");
    await().until(() -> threads("nines-warmup-cache") == 0);
  }

  @Test
  void aLimitBeyondTheStartsIsRefused() {
    builder.warmUp(WarmUp.of("cache", warming -> {}).within(Duration.ofMinutes(2)));

    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("warmUp.cache: 2m (expected: at most lifecycle.start, 1m)");
  }

  @Test
  void whatIsNoNameAndNoLimitAndNamedTwiceIsRefused() {
    assertThatThrownBy(() -> WarmUp.of("a b", warming -> {}))
        .hasMessage("warmUp: 'a b' (expected: 1 to 80 letters, digits, '.', '_' or '-')");
    assertThatThrownBy(() -> WarmUp.of("cache", warming -> {}).within(Duration.ZERO))
        .hasMessage("warmUp.cache: 0s (expected: more than 0s)");
    builder.warmUp(WarmUp.of("cache", warming -> {}));
    assertThatThrownBy(() -> builder.warmUp(WarmUp.of("cache", warming -> {})))
        .hasMessage("warmUp: cache (expected: each name once)");
  }

  private List<String> types() {
    return told.stream().map(Event::type).toList();
  }

  private double count(String task, String outcome) {
    return value("nines_warmups_total" + List.of(task, outcome));
  }

  private double seconds(String task) {
    return value("nines_warmup_duration_seconds" + List.of(task));
  }

  private double value(String series) {
    return published.get(series).value().getAsDouble();
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }
}
