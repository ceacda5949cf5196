package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.metrics.lint.Finding;
import dev.nines.metrics.lint.MetricsLint;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write ourselves is what Prometheus' client would write of the same metrics. */
class OwnRegistryTest {

  private static final Pattern NUMBER = Pattern.compile(" (-?[0-9.]+(E-?[0-9]+)?)(?= |$)");
  private static final String NASTY = "C:\\ \"quoted\"\nüß🛒 a=\"b\",";

  private final OwnRegistry registry = new OwnRegistry();
  private final FilteredMeters filtered = new FilteredMeters(registry);
  private final SeriesBudget budget = new SeriesBudget(registry, SeriesBudget.DEFAULT);
  private final DurationTimers timers = new DurationTimers(registry, budget, filtered);
  private final EventBus bus = new EventBus();
  private final InstrumentMeters instruments =
      new InstrumentMeters(registry, budget, timers, filtered, bus);
  private final List<Event> events = new ArrayList<>();

  @BeforeEach
  void listen() {
    bus.render(events::add);
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "OPEN_METRICS"})
  void whatIsWrittenIsWhatPrometheusClientWouldWrite(ScrapeFormat format) throws Exception {
    ours();
    others();

    String written = written(format);
    assertThat(lines(written)).containsExactlyInAnyOrderElementsOf(lines(byClient(format)));
    assertThat(written.lines().filter(line -> line.startsWith("# TYPE ")))
        .as("each family once, with all its lines together")
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(15);
    assertThat(written)
        .contains("sizes_bytes_total{kind=\"C:\\\\ \\\"quoted\\\"\\nüß🛒 a=\\\"b\\\",\"} 3.0\n")
        .endsWith(format == ScrapeFormat.OPEN_METRICS ? "# EOF\n" : "\n");
    if (format == ScrapeFormat.OPEN_METRICS) {
      assertThat(written).containsPattern("waits_seconds_bucket\\{le=\"0.2\"} 1 # \\{span_id=");
    }
  }

  @Test
  void aSeriesThatIsRemovedIsGoneFromEveryFormat() throws Exception {
    ours();
    registry.getMeters().forEach(registry::remove);

    for (ScrapeFormat format : ScrapeFormat.values()) {
      assertThat(written(format).lines().filter(line -> !line.equals("# EOF")))
          .as(format.contentType())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMetricOfAnotherThatIsCalledLikeOneOfOursDoesNotBreakTheScrape(ScrapeFormat format)
      throws Exception {
    Counter.builder("first").register(registry).increment(5);
    counter("first_total", 7, "kind", "ours");
    gauge("level_ratio", 9, "kind", "ours");
    Counter.builder("level.ratio").tag("kind", "theirs").register(registry).increment(5);

    assertThat(written(format)).contains("first", "level_ratio", "ours").doesNotContain("theirs");
    assertThat(MetricsLint.check(new LintSource(registry, budget).look()))
        .filteredOn(finding -> finding.rule().equals("name-collision"))
        .extracting(Finding::metric)
        .containsExactlyInAnyOrder("first_total", "level_ratio_total");
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "OPEN_METRICS"})
  void aFunctionOfAnotherThatThrowsUnderAnOwnNameCostsItsValueAlone(ScrapeFormat format)
      throws Exception {
    counter("first_total", 7, "kind", "ours");
    gauge("level_ratio", 9, "kind", "ours");
    FunctionCounter.builder("first", this, OwnRegistryTest::unreadable)
        .tag("kind", "theirs")
        .register(registry);
    Gauge.builder("level.ratio", this, OwnRegistryTest::unreadable)
        .tag("kind", "theirs")
        .register(registry);

    assertThat(written(format))
        .contains("first_total{kind=\"ours\"} 7.0\n", "first_total{kind=\"theirs\"} 0.0\n")
        .contains("level_ratio{kind=\"ours\"} 9.0\n", "level_ratio{kind=\"theirs\"} NaN\n");
  }

  private static double unreadable(OwnRegistryTest any) {
    throw new IllegalStateException("unreadable");
  }

  private void ours() {
    gauge("versions_info", 1, "version", "1.0");
    counter("plain_total", 12_345_678, new String[0]);
    counter("sizes_bytes_total", 3, "kind", NASTY);
    counter("sizes_bytes_total", 1L << 60, "kind", "large");
    counter("sizes_bytes_total", 0.1, "kind", "");
    double[] values = {
      0,
      -0.0,
      -1,
      1,
      1e7,
      1e-9,
      123.456,
      1e300,
      -1e300,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Long.MAX_VALUE,
      9_007_199_254_740_993L
    };
    for (int i = 0; i < values.length; i++) {
      gauge("level_ratio", values[i], "number", Integer.toString(i));
    }
    Timer waits = timers.timer(
        new Metric("waits_seconds", Metric.Type.HISTOGRAM, "seconds", "Waits.", List.of()),
        List.of(Duration.ofMillis(200), Duration.ofSeconds(2)));
    record(waits, Duration.ofMillis(150), Duration.ofMillis(200).plusNanos(1), Duration.ofDays(1));
    Timer never = timers.timer(
        new Metric(
            "never_seconds", Metric.Type.HISTOGRAM, "seconds", "A \"help\"\nof \\.", List.of("a")),
        List.of(Duration.ofSeconds(1)),
        NASTY);
    assertThat(never.count()).isZero();
    DistributionSummary bodies = new BodySizes(registry, budget, filtered)
        .summary(
            new Metric("bodies_bytes", Metric.Type.HISTOGRAM, "bytes", "Bodies.", List.of("route")),
            "/orders");
    bodies.record(0);
    bodies.record(256);
    bodies.record(1e12);
  }

  private void others() {
    Counter.builder("theirs").tag("kind", NASTY).register(registry).increment();
    Gauge.builder("theirs.level", () -> 0.5).description("Level.").register(registry);
    record(Timer.builder("theirs.plain").register(registry), Duration.ofMillis(3));
    record(
        Timer.builder("theirs.quantiles").publishPercentiles(0.5).register(registry),
        Duration.ofMillis(3));
    record(
        Timer.builder("theirs.buckets")
            .serviceLevelObjectives(Duration.ofSeconds(1))
            .register(registry),
        Duration.ofMillis(3));
    LongTaskTimer.builder("theirs.tasks").register(registry);
    io.prometheus.metrics.core.metrics.Counter.builder()
        .name("native")
        .help("By Prometheus' own client.")
        .register(registry.getPrometheusRegistry());
  }

  private static void record(Timer timer, Duration... durations) {
    SpanContext sampled = SpanContext.create(
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00f067aa0ba902b7",
        TraceFlags.getSampled(),
        TraceState.getDefault());
    try (Scope current = Span.wrap(sampled).makeCurrent()) {
      for (Duration duration : durations) {
        timer.record(duration);
      }
    }
  }

  private void counter(String name, double value, String... label) {
    render(name, Metric.Type.COUNTER, value, label);
  }

  private void gauge(String name, double value, String... label) {
    render(name, Metric.Type.GAUGE, value, label);
  }

  private void render(String name, Metric.Type type, double value, String... label) {
    List<String> names = Stream.of(label).limit(1).toList();
    Metric metric = new Metric(name, type, "", "Help of \\ \"all\".", names);
    instruments.render(new Instrument(metric, Stream.of(label).skip(1).toList(), () -> value));
  }

  private String written(ScrapeFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    registry.scrape(bytes, format.contentType());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String byClient(ScrapeFormat format) throws IOException {
    ExpositionFormatWriter writer = format == ScrapeFormat.TEXT
        ? PrometheusTextFormatWriter.create()
        : OpenMetricsTextFormatWriter.create();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(bytes, registry.getPrometheusRegistry().scrape());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns the lines with each number as Java writes it. */
  private static List<String> lines(String exposition) {
    return exposition.lines().map(OwnRegistryTest::normal).toList();
  }

  private static String normal(String line) {
    return line.startsWith("#")
        ? line
        : NUMBER.matcher(line).replaceAll(found -> " " + Double.parseDouble(found.group(1)));
  }
}
