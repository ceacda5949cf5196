package dev.nines.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Renderer;
import dev.nines.testing.ManualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyTest {

  private final Instruments instruments = new Instruments();
  private final ServiceMetrics metrics =
      new ServiceMetrics(instruments, new ManualTime(), List.of(Duration.ofSeconds(1)));
  private final Map<String, Instrument> shown = new LinkedHashMap<>();

  FamilyTest() {
    instruments.renderTo(i -> shown.put(i.metric().name() + i.labelValues(), i));
  }

  @Test
  void seriesThatAreKnownExistAtZero() {
    counters(Label.of("channel", "web", "app"), Label.of("paid", "yes", "no"));
    metrics.gauge("depth", Unit.COUNT, "Depth.").by(Label.of("queue", "in"));

    assertThat(shown.keySet())
        .contains(
            "visits_total[web, yes]",
            "visits_total[web, no]",
            "visits_total[app, yes]",
            "visits_total[app, no]")
        .doesNotContain("depth[in]"); // a zero would be a lie
    assertThat(read("visits_total[web, yes]")).isZero();
  }

  @Test
  void aHandleIsResolvedOnce() {
    Family<Counter> visits = counters(Label.upTo("shop", 10));

    assertThat(visits.with("berlin")).isSameAs(visits.with("berlin"));
  }

  @Test
  void whatIsBeyondTheBoundIsCountedUnderOther() {
    Family<Counter> visits = counters(Label.upTo("shop", 2));
    for (String shop : List.of("berlin", "paris", "rome", "oslo", "berlin")) {
      visits.with(shop).increment();
    }

    assertThat(read("visits_total[berlin]")).isEqualTo(2);
    assertThat(read("visits_total[paris]")).isEqualTo(1);
    assertThat(read("visits_total[_OTHER]")).isEqualTo(2);
    assertThat(read("nines_labels_folded_total[visits_total]")).isEqualTo(2);
  }

  @Test
  void aClosedLabelTakesNoOtherValue() {
    Family<Counter> visits = counters(Label.of("channel", "web"), Label.upTo("shop", 2));
    visits.with("fax", "berlin").increment();

    assertThat(read("visits_total[_OTHER, berlin]")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000", "\u0085", "\uD800", "x\uDC00"})
  void aValueThatIsNoTextIsOther(String value) {
    Family<Counter> visits = counters(Label.upTo("shop", 2));

    assertThat(visits.with(value)).isSameAs(visits.with("_OTHER"));
    assertThat(visits.with((String) null)).isSameAs(visits.with("_OTHER"));
    assertThat(visits.with("x".repeat(129))).isSameAs(visits.with("_OTHER"));
    assertThat(visits.with("Zürich 🛒")).isNotSameAs(visits.with("_OTHER"));
  }

  @Test
  void aMillionForgedValuesMakeNoSeriesAndNoMemory() {
    Family<Counter> visits = counters(Label.upTo("shop", 100));
    for (int i = 0; i < 1_000_000; i++) {
      visits.with("shop-" + i).increment();
    }

    assertThat(shown.keySet().stream().filter(name -> name.startsWith("visits")))
        .hasSize(101);
    assertThat(read("visits_total[_OTHER]")).isEqualTo(999_900);
  }

  @Test
  void manyThreadsThatComeAtOnceMakeEachSeriesOnceAndLoseNothing() throws Exception {
    Family<Counter> visits = counters(Label.upTo("shop", 50));
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        tasks.add(() -> {
          for (int i = 0; i < 20_000; i++) {
            visits.with("shop-" + i % 70).increment();
          }
          return null;
        });
      }
      for (var done : pool.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }

    List<String> series =
        shown.keySet().stream().filter(name -> name.startsWith("visits")).toList();
    assertThat(series).hasSize(51);
    assertThat(series.stream().mapToDouble(this::read).sum()).isEqualTo(16 * 20_000.0);
  }

  @Test
  void withoutRoomNewValuesAreFoldedAndTotalsStayRight() {
    Family<Counter> visits = counters(Label.upTo("shop", 10));
    visits.with("berlin").increment();
    instruments.renderTo(new Renderer() {
      @Override
      public void render(Instrument instrument) {}

      @Override
      public boolean hasRoom(int series) {
        return false;
      }
    });
    visits.with("paris").increment();
    visits.with("berlin").increment();

    assertThat(read("visits_total[berlin]")).isEqualTo(2);
    assertThat(read("visits_total[_OTHER]")).isEqualTo(1);
    assertThat(shown).doesNotContainKey("visits_total[paris]");
  }

  @Test
  void recordingAllocatesNothing() {
    Counter counter = counters(Label.upTo("shop", 10)).with("berlin");
    Gauge gauge = metrics.gauge("depth", Unit.COUNT, "Depth.").register();
    Timer timer = metrics.timer("picking", "Picking.").register();
    Runnable record = () -> {
      counter.increment();
      counter.add(2);
      counter.add(0.5);
      gauge.set(3);
      gauge.add(1);
      timer.end(timer.begin());
    };
    run(record, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(record, 100_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }

  @Test
  void labelsThatBreakARuleAreRefused() {
    refused(() -> Label.of("Shop", "a"), "label: Shop");
    refused(() -> Label.of("le", "a"), "label: le");
    refused(() -> Label.of("instance", "a"), "label: instance");
    refused(() -> Label.of("shop"), "0 values (expected: 1 to 1000)");
    refused(() -> Label.upTo("shop", 1001), "1001 values (expected: 1 to 1000)");
    refused(() -> Label.of("shop", "a", "a"), "each value once");
    refused(() -> Label.of("shop", "_OTHER"), "not _OTHER");
    refused(() -> counters(Label.of("shop", "a"), Label.upTo("shop", 3)), "each name once");
    refused(
        () -> counters(Label.upTo("shop", 100), Label.upTo("item", 11)),
        "1100 combinations or more (expected: at most 1000");
    refused(
        () -> counters(Label.of("shop", "a")).with("a", "b"), "2 values (expected: one for each");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable declaration, String message) {
    assertThatThrownBy(declaration)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void run(Runnable record, int times) {
    for (int i = 0; i < times; i++) {
      record.run();
    }
  }

  private Family<Counter> counters(Label first, Label... more) {
    return metrics.counter("visits", Unit.COUNT, "Visits.").by(first, more);
  }

  private double read(String series) {
    return shown.get(series).value().getAsDouble();
  }
}
