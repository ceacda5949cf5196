package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetFileTest {

  private static final String ERRORS = "errors";
  private static final String DEFAULT = "default";
  private static final Duration NEVER = Duration.ofDays(1);

  private final ManualTime time = new ManualTime();
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @TempDir
  Path directory;

  /** One life of an instance. */
  private final class Life implements AutoCloseable {

    final ErrorBudget budget;
    final TestRequests requests;
    final BudgetUpkeep upkeep;

    Life(ReliabilityTargets targets, String service) {
      this(targets, service, NEVER);
    }

    Life(ReliabilityTargets targets, String service, Duration write) {
      EventBus bus = new EventBus();
      bus.render(events::add);
      budget = new ErrorBudget(Settings.derive(targets), time);
      requests = new TestRequests(targets, time, OpenTelemetry.noop(), budget);
      upkeep = BudgetUpkeep.start(budget, BudgetHistory.inFile(file()), service, bus, NEVER, write);
    }

    Life() {
      this(ReliabilityTargets.threeNines(), "orders");
    }

    double burn(Duration window) {
      return budget.burnRate(ERRORS, DEFAULT, window);
    }

    @Override
    public void close() {
      try {
        upkeep.close();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aRestartForgetsNothingAndCountersBeginAtZeroNevertheless() {
    double[] before;
    try (Life first = new Life()) {
      first.requests.serve("GET /", 500, 10).serve("GET /", 200, 90);
      time.advance(Duration.ofMinutes(20));
      first.requests.serve("GET /", 500, 1).serve("GET /", 200, 99);
      before = rates(first);
    }
    try (Life second = new Life()) {
      assertThat(rates(second)).containsExactly(before, within(1e-9));
      assertThat(second.budget.good(ERRORS, DEFAULT)).isZero();
      assertThat(second.budget.bad(ERRORS, DEFAULT)).isZero();
      assertThat(second.budget.coverage())
          .isCloseTo(Duration.ofMinutes(20).toSeconds() / 86400.0 / 30, within(1e-9));
    }
    assertThat(events).extracting(Event::type).containsExactly("budget_history_restored");
  }

  @Test
  void windowsGoOnAsIfThereHadBeenNoRestart() {
    ErrorBudget whole = new ErrorBudget(Settings.derive(ReliabilityTargets.threeNines()), time);
    TestRequests unbroken =
        new TestRequests(ReliabilityTargets.threeNines(), time, OpenTelemetry.noop(), whole);
    for (int life = 0; life < 30; life++) {
      try (Life one = new Life()) {
        int bad = life % 7;
        one.requests.serve("GET /", 500, bad).serve("GET /", 200, 50);
        unbroken.serve("GET /", 500, bad).serve("GET /", 200, 50);
        time.advance(Duration.ofSeconds(1 + life * 997L));
        for (BurnWindow window : BurnWindow.values()) {
          assertThat(one.burn(window.length))
              .as("%s in life %s", window, life)
              .isCloseTo(whole.burnRate(ERRORS, DEFAULT, window.length), within(1e-9));
        }
        assertThat(one.budget.coverage()).isCloseTo(whole.coverage(), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999, 1_000_000})
  void aLifeThatEndsJustAfterAMinuteIsNotForgotten(long nanosAfter) {
    try (Life first = new Life()) {
      first.requests.serve("GET /", 500, 10);
      time.advance(Duration.ofMinutes(1).plusNanos(nanosAfter));
    }
    try (Life second = new Life()) {
      assertThat(second.burn(Duration.ofHours(1))).isEqualTo(1000);
    }
    assertThat(events).extracting(Event::type).containsExactly("budget_history_restored");
  }

  @Test
  void timeInWhichNobodyRanIsNotCovered() {
    try (Life first = new Life()) {
      first.requests.serve("GET /", 500, 10);
      time.advance(Duration.ofDays(3));
    }
    time.advance(Duration.ofDays(20));
    try (Life second = new Life()) {
      assertThat(second.budget.coverage()).isCloseTo(0.1, within(1e-6));
      time.advance(Duration.ofDays(3));
      assertThat(second.budget.coverage()).isCloseTo(0.2, within(1e-6));
      time.advance(Duration.ofDays(6)); // the first life has left the window but for a day
      assertThat(second.budget.coverage()).isCloseTo((9 + 1) / 30.0, within(0.002));
    }
  }

  @Test
  void aFileTornAtAnyLengthIsIgnoredWithAWarning() throws IOException {
    byte[] whole = written();
    for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 60)) {
      Files.write(file(), Arrays.copyOf(whole, length));
      ignoredAs("torn");
    }
  }

  @Test
  void aFileWithOneFlippedBitIsIgnoredWithAWarning() throws IOException {
    byte[] whole = written();
    for (int place = 8; place < whole.length; place += Math.max(1, whole.length / 60)) {
      byte[] flipped = whole.clone();
      flipped[place] ^= 4;
      Files.write(file(), flipped);
      ignoredAs("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the only copy of somebody's thesis", "thesis", "N0"})
  void aFileOfNobodysIsIgnoredAndNeverWrittenOver(String content) throws IOException {
    Files.writeString(file(), content);

    ignoredAs("not a budget's file");
    assertThat(file()).hasContent(content);
  }

  @Test
  void whatIsNoFileIsIgnoredAndTheNextStartFindsItFree() throws IOException {
    Files.createDirectory(file());
    ignoredAs("directory");

    Files.delete(file());
    try (Life next = new Life()) {
      next.requests.serve("GET /", 500, 10);
    }
    assertThat(file()).isRegularFile();
  }

  @Test
  void aFileOfAnotherServiceIsIgnoredAndNeverWrittenOver() throws IOException {
    byte[] whole = written();
    try (Life other = new Life(ReliabilityTargets.threeNines(), "payments")) {
      assertThat(other.budget.coverage()).isZero();
    }
    assertThat(lastReason()).contains("of the service orders");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void aFileOfOtherTargetsIsIgnoredAndReplaced() throws IOException {
    written();
    ReliabilityTargets stricter =
        ReliabilityTargets.builder().errorRate(new BigDecimal("0.0001")).build();
    try (Life other = new Life(stricter, "orders")) {
      assertThat(other.burn(Duration.ofHours(1))).isZero();
    }
    assertThat(lastReason()).endsWith("of other targets");
    events.clear();
    try (Life again = new Life(stricter, "orders")) {
      assertThat(again.budget.coverage()).isZero();
    }
    assertThat(events).extracting(Event::type).containsExactly("budget_history_restored");
  }

  @Test
  void aFileOfTheFutureIsIgnored() throws IOException {
    time.advance(Duration.ofHours(1));
    written();
    time.advance(Duration.ofHours(-1));

    ignoredAs("of the future");
  }

  @Test
  void aFileThatAnotherNinesUsesIsLeftAlone() {
    try (Life first = new Life()) {
      first.requests.serve("GET /", 500, 10);
      ignoredAs("used by another Nines of this JVM");
    }
    try (Life next = new Life()) {
      assertThat(next.burn(Duration.ofHours(1))).isEqualTo(1000);
    }
  }

  @Test
  void aDirectoryThatDoesNotExistIsSaidAndNotFatal() throws IOException {
    Files.delete(directory);
    ignoredAs("no such directory");
    Files.createDirectory(directory);
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOnceAndTheOldOneStays() throws Exception {
    byte[] whole = written();
    try (Life life = new Life()) {
      Files.createDirectory(file().resolveSibling("budget.tmp"));
      life.close();
    }
    assertThat(events).extracting(Event::type).containsOnlyOnce("budget_history_unwritten");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void closingBreaksOffNoWriteAndNoneIsMadeInTheMiddleOfAnother() {
    for (int life = 0; life < 12; life++) {
      try (Life writing =
          new Life(ReliabilityTargets.threeNines(), "orders", Duration.ofNanos(1))) {
        writing.requests.serve("GET /", 500, 1);
        time.advance(Duration.ofSeconds(1));
        await().pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(file()));
      }
    }

    assertThat(events)
        .extracting(Event::type)
        .containsOnly("budget_history_restored")
        .hasSize(11);
  }

  @Test
  void aFileThatNeverAnswersDelaysTheStartByItsBoundOnly() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", file().toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    try (Life life = new Life()) { // which would otherwise never come to its end
      assertThat(lastReason()).isEqualTo("not done within 2000 ms");
      assertThat(life.budget.coverage()).isZero();
    }
  }

  @Test
  void theFileIsSmallerThanWhatIsPromised() throws IOException {
    try (Life life = new Life()) {
      for (int hour = 0; hour < 24 * 31; hour++) {
        life.requests.serve("GET /", 200, 300).serve("GET /", 500, 20);
        time.advance(Duration.ofHours(1));
      }
    }
    assertThat(Files.size(file())).isLessThan(3 * 20_000);
  }

  private byte[] written() throws IOException {
    try (Life first = new Life()) {
      first.requests.serve("GET /", 500, 10);
      time.advance(Duration.ofHours(1));
    }
    events.clear();
    return Files.readAllBytes(file());
  }

  private void ignoredAs(String reason) {
    events.clear();
    try (Life life = new Life()) {
      assertThat(life.budget.coverage()).isZero();
      assertThat(life.budget.remaining(ERRORS, DEFAULT)).isEqualTo(1);
      assertThat(lastReason()).contains(reason);
    }
  }

  private String lastReason() {
    assertThat(events).isNotEmpty();
    Event last = events.stream()
        .filter(e -> e.type().equals("budget_history_ignored"))
        .reduce((a, b) -> b)
        .orElseThrow();
    assertThat(last.level()).isEqualTo(System.Logger.Level.WARNING);
    return (String) last.fields().get("reason");
  }

  private static double[] rates(Life life) {
    return Arrays.stream(BurnWindow.values())
        .mapToDouble(w -> life.burn(w.length))
        .toArray();
  }

  private Path file() {
    return directory.resolve("budget");
  }
}
