package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {

  private static final Dependency SOON = Dependency.optional(NAME).deadline(Duration.ofMillis(100));

  @Test
  void moreCallsThanSlotsMeetTheirDeadlinesToo() {
    try (Dependencies dependencies = TestGuard.onSystemTime(SOON)) {
      Guard guard = dependencies.guard(NAME);
      List<CompletableFuture<String>> futures = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        futures.add(guard.callAsync(CompletableFuture::new));
      }
      await().until(() -> futures.stream().allMatch(CompletableFuture::isDone));
      assertThat(guard.count(CallOutcome.TIMEOUT)).isPositive();
      assertThat(guard.count(CallOutcome.TIMEOUT) + guard.count(CallOutcome.BREAKER_OPEN))
          .isEqualTo(3000);
    }
  }

  @Test
  void aCallAfterALongIdleTimeIsWatched() {
    try (Dependencies dependencies = TestGuard.onSystemTime(SOON)) {
      Guard guard = dependencies.guard(NAME);
      await().until(() -> watchdogIsParked());
      for (int i = 0; i < 3; i++) {
        CompletableFuture<String> future = guard.callAsync(CompletableFuture::new);
        assertThatThrownBy(future::join).hasCauseInstanceOf(DeadlineExceededException.class);
      }
    }
  }

  @Test
  void closingEndsTheThread() {
    Set<Thread> others = watchdogs();
    Dependencies dependencies = TestGuard.onSystemTime(SOON);
    Set<Thread> own = watchdogs();
    own.removeAll(others);
    assertThat(own).hasSize(1);
    dependencies.close();
    await().until(() -> own.stream().noneMatch(Thread::isAlive));
  }

  private static boolean watchdogIsParked() {
    return watchdogs().stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static Set<Thread> watchdogs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("nines-watchdog"))
        .collect(Collectors.toSet());
  }
}
