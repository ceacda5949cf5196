package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BudgetStateTest {

  private final ReliabilityTargets targets = ReliabilityTargets.threeNines();
  private final ManualTime time = new ManualTime();
  private final Settings settings = Settings.derive(targets);
  private final ErrorBudget budget = new ErrorBudget(settings, time);
  private final TestRequests requests =
      new TestRequests(targets, time, OpenTelemetry.noop(), budget);
  private final List<BudgetStateChange> changes = new ArrayList<>();

  @Test
  void itIsNormalWithoutRequestsAndWithFailuresWithinTheBudget() {
    look(BudgetState.NORMAL);
    requests.serve("GET /", 200, 9_000).serve("GET /", 500, 9);
    look(BudgetState.NORMAL);

    assertThat(changes).isEmpty();
  }

  @Test
  void aBurnThatWouldPageElevatesAndHalfOfItEndsIt() {
    requests.serve("GET /", 200, 980).serve("GET /", 500, 20); // 20 times what is allowed
    look(BudgetState.ELEVATED);

    requests.serve("GET /", 200, 3_000); // 5 times: under 5.4, the least that pages
    assertThat(budget.burning()).isFalse();
    look(BudgetState.ELEVATED);

    requests.serve("GET /", 200, 6_000); // 2 times: under half of every page tier
    look(BudgetState.NORMAL);
    assertThat(changes)
        .extracting(BudgetStateChange::to)
        .containsExactly(BudgetState.ELEVATED, BudgetState.NORMAL);
    assertThat(changes).extracting(BudgetStateChange::worse).containsExactly(true, false);
    assertThat(changes).allSatisfy(change -> {
      assertThat(change.objective()).isEqualTo("errors");
      assertThat(change.routeClass()).isEqualTo("default");
    });
    assertThat(changes.get(0).burnRate()).isEqualTo(20);
  }

  @Test
  void aRateAboutTheThresholdDoesNotFlutter() {
    for (int i = 0; i < 50; i++) {
      int bad = i % 2 == 0 ? 20 : 9;
      requests.serve("GET /", 200, 1_000 - bad).serve("GET /", 500, bad);
      look(BudgetState.ELEVATED);
      time.advance(Duration.ofMinutes(6));
    }

    assertThat(changes).hasSize(1);
  }

  @Test
  void fourFailuresProveNothing() {
    requests.serve("GET /", 500, 4);

    look(BudgetState.NORMAL);
  }

  @Test
  void aSlowObjectiveDecidesToo() {
    requests.serve("GET /", 200, Duration.ofSeconds(2));
    for (int i = 0; i < 9; i++) {
      requests.serve("GET /", 200, Duration.ofSeconds(2));
    }
    look(BudgetState.ELEVATED);

    assertThat(changes.get(0).objective()).startsWith("latency_p");
  }

  @Test
  void theBudgetOfAWindowThatIsSpentIsExhaustedUntilATenthIsRegained() {
    requests.serve("GET /", 200, 900).serve("GET /", 500, 100); // 100 times what is allowed
    time.advance(Duration.ofHours(7)); // 7 h of 720 h are seen: 97 % of the budget
    look(BudgetState.NORMAL);
    time.advance(Duration.ofHours(1));
    look(BudgetState.EXHAUSTED);
    assertThat(changes.get(0).spent()).isBetween(1.0, 1.2);

    requests.serve("GET /", 200, 120); // 99 %
    look(BudgetState.EXHAUSTED);
    requests.serve("GET /", 200, 200); // under 90 %
    look(BudgetState.NORMAL);
  }

  @Test
  void aFreshInstanceIsNotExhaustedByItsFirstMinute() {
    requests.serve("GET /", 500, 100);
    time.advance(Duration.ofMinutes(1));

    look(BudgetState.ELEVATED);
  }

  @Test
  void changesAreEventsAndListenersHearThemThoughAnotherFailsOrHangs() throws Exception {
    EventBus bus = new EventBus();
    List<Event> events = new CopyOnWriteArrayList<>();
    bus.render(events::add);
    List<BudgetStateChange> heard = new CopyOnWriteArrayList<>();
    CountDownLatch hang = new CountDownLatch(1);
    budget.listen(change -> {
      throw new IllegalStateException("no listener of worth");
    });
    budget.listen(heard::add);
    budget.listen(change -> {
      try {
        hang.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    Duration often = Duration.ofMillis(5);
    try (BudgetUpkeep upkeep =
        BudgetUpkeep.start(budget, BudgetHistory.none(), "orders", bus, often, often)) {
      requests.serve("GET /", 500, 10);
      await().until(() -> heard.size() == 1);
      assertThat(events)
          .extracting(Event::type)
          .contains("budget_state_changed", "budget_listener_failed");
      Event changed = events.get(0);
      assertThat(changed.level()).isEqualTo(Level.WARNING);
      assertThat(changed.fields())
          .containsEntry("from", "normal")
          .containsEntry("to", "elevated")
          .containsEntry("objective", "errors");

      requests.serve("GET /", 200, 100_000);
      await().until(() -> budget.state() == BudgetState.NORMAL); // though one still hangs
      hang.countDown();
      await().until(() -> heard.size() == 2);
      assertThat(upkeep.dropped()).isZero();
    }
  }

  @Test
  void whatDecidesIsExplained() {
    assertThat(settings.explanation().rows())
        .anySatisfy(row -> {
          assertThat(row.name()).isEqualTo("budget.state.exhausted");
          assertThat(row.value()).isEqualTo("100% spent; until under 90%");
        })
        .anySatisfy(row -> assertThat(row.name()).isEqualTo("budget.state.elevated"));
  }

  private void look(BudgetState expected) {
    budget.look(changes::add);
    assertThat(budget.state()).isEqualTo(expected);
  }
}
