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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes its history, without a word of warning. */
class BudgetFileKilledTest {

  private static final String SERVICE = "orders";
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir
  Path directory;

  /** Fails all its requests, and writes as often as it can. */
  static final class Failing {

    public static void main(String[] args) throws InterruptedException {
      ManualTime time = new ManualTime();
      ErrorBudget budget = budget(time);
      new TestRequests(ReliabilityTargets.threeNines(), time, OpenTelemetry.noop(), budget)
          .serve("GET /", 500, 10);
      time.advance(Duration.ofMinutes(1));
      BudgetHistory history = BudgetHistory.inFile(Path.of(args[0]));
      BudgetUpkeep.start(budget, history, SERVICE, new EventBus(), NEVER, Duration.ofNanos(1));
      Thread.currentThread().join();
    }
  }

  @RepeatedTest(5)
  void theNextStartFindsWhatWasWrittenLastAndWhole() throws Exception {
    Path file = directory.resolve("budget");
    Process process = failing(file);
    try {
      FileTime first = written(file, FileTime.fromMillis(0));
      written(file, first);
    } finally {
      process.destroyForcibly().waitFor();
    }

    List<Event> events = new CopyOnWriteArrayList<>();
    EventBus bus = new EventBus();
    bus.render(events::add);
    ErrorBudget next = budget(new ManualTime().advance(Duration.ofMinutes(2)));
    try (BudgetUpkeep upkeep =
        BudgetUpkeep.start(next, BudgetHistory.inFile(file), SERVICE, bus, NEVER, NEVER)) {
      assertThat(events).extracting(Event::type).containsExactly("budget_history_restored");
      assertThat(next.burnRate("errors", "default", Duration.ofHours(1))).isEqualTo(1000);
      assertThat(upkeep.dropped()).isZero();
    }
  }

  private static ErrorBudget budget(ManualTime time) {
    return new ErrorBudget(Settings.derive(ReliabilityTargets.threeNines()), time);
  }

  /** Waits for a file that is newer than {@code before}, and returns when it was written. */
  private static FileTime written(Path file, FileTime before) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(1))
        .ignoreExceptions()
        .until(() -> Files.getLastModifiedTime(file).compareTo(before) > 0);
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Process failing(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Failing.class.getName(),
            file.toString())
        .inheritIO()
        .start();
  }
}
