package dev.nines.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMetricsTest {

  private static final List<Duration> BOUNDS = List.of(Duration.ofMillis(200));

  private final ManualTime time = new ManualTime();
  private final Instruments instruments = new Instruments();
  private final ServiceMetrics metrics = new ServiceMetrics(instruments, time, BOUNDS);
  private final Map<String, Instrument> shown = new LinkedHashMap<>();

  ServiceMetricsTest() {
    instruments.renderTo(i -> shown.put(i.metric().name() + i.labelValues(), i));
  }

  @Test
  void aCounterIsPublishedWithItsUnitAndTotal() {
    Counter counter = metrics.counter("exports", Unit.BYTES, "Bytes exported.").register();
    counter.increment();
    counter.add(41);
    counter.add(0.5);

    assertThat(read("exports_bytes_total[]")).isEqualTo(42.5);
    assertThat(counter.value()).isEqualTo(42.5);
  }

  @Test
  void whatACounterCannotCountIsLeftOutAndCounted() {
    Counter counter = metrics.counter("orders_placed", Unit.COUNT, "Orders.").register();
    counter.add(-1);
    counter.add(-0.1);
    counter.add(Double.NaN);
    counter.add(Double.POSITIVE_INFINITY);

    assertThat(read("orders_placed_total[]")).isZero();
    assertThat(read("nines_telemetry_dropped_total[measurements]")).isEqualTo(4);
  }

  @Test
  void aCounterNeverFallsHoweverMuchIsAdded() {
    Counter counter = metrics.counter("exports", Unit.BYTES, "Bytes exported.").register();
    counter.add(1L << 40);
    counter.increment();
    assertThat(counter.value()).isEqualTo((1L << 40) + 1);

    counter.add(Long.MAX_VALUE);
    counter.add(Long.MAX_VALUE);
    assertThat(counter.value()).isGreaterThan(1.8e19);
  }

  @Test
  void aGaugeIsSetAddedToAndFollowed() {
    Gauge gauge = metrics.gauge("active_users", Unit.COUNT, "Users.").register();
    assertThat(read("active_users[]")).isZero();
    gauge.set(3);
    gauge.add(-0.5);
    assertThat(read("active_users[]")).isEqualTo(2.5);

    gauge.follow(() -> 7);
    gauge.set(1);
    assertThat(read("active_users[]")).isEqualTo(7);
    assertThatThrownBy(() -> gauge.follow(() -> 8)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTimerRecordsWhereItIsRenderedAndNowhereElse() throws Exception {
    Timer timer = metrics.timer("order_picking", "Time to pick.").register();
    timer.record(Duration.ofMillis(1)); // nobody sees it
    List<Long> seen = new ArrayList<>();
    instruments.renderTo(new Recording(seen));

    long begun = timer.begin();
    time.advance(Duration.ofMillis(30));
    timer.end(begun);
    timer.record(Duration.ofSeconds(2));
    timer.record(Duration.ofSeconds(Long.MAX_VALUE));
    timer.record(Duration.ofNanos(-1));
    assertThatThrownBy(() -> timer.time(() -> {
          time.advance(Duration.ofMillis(5));
          throw new java.io.IOException("full");
        }))
        .hasMessage("full");

    assertThat(seen).containsExactly(30_000_000L, 2_000_000_000L, Long.MAX_VALUE, 5_000_000L);
    assertThat(read("nines_telemetry_dropped_total[measurements]")).isEqualTo(1);
  }

  @Test
  void theSameDeclarationGivesTheSameHandle() {
    Label channel = Label.of("channel", "web", "app");

    assertThat(metrics.counter("orders", Unit.COUNT, "Orders.").register())
        .isSameAs(metrics.counter("orders", Unit.COUNT, "Orders.").register());
    assertThat(metrics.counter("visits", Unit.COUNT, "Visits.").by(channel).with("web"))
        .isSameAs(metrics.counter("visits", Unit.COUNT, "Visits.").by(channel).with("web"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          Orders            | Orders.  | lower-case letters and digits
          orders__placed    | Orders.  | lower-case letters and digits
          1orders           | Orders.  | lower-case letters and digits
          orders-placed     | Orders.  | lower-case letters and digits
          ordersplacedordersplacedordersplacedordersplacedordersplacedordersplacedordersplacedordersplacedordersplaced | Orders. | 1 to 100
          orders_total      | Orders.  | without its suffix _total
          orders_sum        | Orders.  | without its suffix _sum
          orders_info       | Orders.  | without its suffix _info
          nines_orders      | Orders.  | a prefix other than nines_
          jvm_orders        | Orders.  | a prefix other than jvm_
          up                | Orders.  | a name other than up
          orders            | ' '      | It has no help text
          wait_milliseconds | Waits.   | Measure in the base unit, seconds
          wait_ms           | Waits.   | abbreviates a unit: ms
          order_counter     | Orders.  | says that it is a counter
          """)
  void aNameOrHelpThatBreaksARuleIsRefused(String name, String help, String message) {
    refused(() -> metrics.counter(name, Unit.COUNT, help).register(), message);
  }

  @Test
  void aUnitThatBreaksARuleIsRefused() {
    refused(() -> Unit.of("Euros"), "unit: Euros");
    refused(() -> Unit.of("percent"), "expected: ratio, with values from 0 to 1");
    refused(
        () -> metrics.gauge("wait", Unit.of("minutes"), "Waits.").register(),
        "Measure in the base unit, seconds");
    refused(
        () -> metrics.gauge("cache_bytes", Unit.BYTES, "Size.").register(),
        "without its unit, which is appended: _bytes");
  }

  @Test
  void aNameThatIsTakenIsRefusedAlsoByAPart() {
    metrics.counter("orders", Unit.COUNT, "Orders.").register();
    metrics.timer("order_picking", "Time to pick.").register();

    String taken = "a name of its own";
    refused(() -> metrics.counter("orders", Unit.COUNT, "All orders.").register(), taken);
    refused(() -> metrics.gauge("orders", Unit.COUNT, "Orders.").register(), taken);
    refused(() -> metrics.counter("orders", Unit.COUNT, "Orders.").by(Label.of("a", "b")), taken);
    refused(
        () -> metrics
            .timer("order_picking", "Time to pick.", Duration.ofSeconds(1))
            .register(),
        taken);
    refused(
        () -> metrics.gauge("order_picking", Unit.SECONDS, "Time.").register(),
        "order_picking_seconds has it");
  }

  @Test
  void boundsThatDoNotRiseAreRefused() {
    Duration second = Duration.ofSeconds(1);

    refused(() -> metrics.timer("a", "A.", second, second), "positive and rising");
    refused(() -> metrics.timer("a", "A.", Duration.ZERO), "positive and rising");
  }

  private static void refused(ThrowingCallable declaration, String message) {
    assertThatThrownBy(declaration)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private double read(String series) {
    return shown.get(series).value().getAsDouble();
  }
}
