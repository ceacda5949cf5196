package dev.nines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.budget.BudgetHistory;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that keeps its budget's history in a file, from the builder to the end of the shutdown. */
class BudgetOverRestartsTest {

  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final List<Event> events = new ArrayList<>();

  @TempDir
  Path directory;

  @Test
  void theShutdownWritesWhatTheNextStartReads() {
    try (Nines first = start()) {
      assertThat(events).extracting(Event::type).doesNotContain("budget_history_restored");
      assertThat(first.budget().coverage()).isPositive();
    }
    assertThat(Files.exists(directory.resolve("budget"))).isTrue();
    try (Nines second = start()) {
      assertThat(events).extracting(Event::type).contains("budget_history_restored");
      assertThat(second.budget().good("errors", "default")).isZero();
    }
  }

  private Nines start() {
    Feature ear = new Feature() {
      @Override
      public String name() {
        return "ear";
      }

      @Override
      public void install(FeatureContext context) {
        context.events().render(events::add);
      }
    };
    return Nines.builder("orders")
        .targets(TARGETS)
        .install(ear)
        .budgetHistory(BudgetHistory.inFile(directory.resolve("budget")))
        .start();
  }
}
