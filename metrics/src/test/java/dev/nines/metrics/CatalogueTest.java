package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.MetricKind;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.NamingRules;
import java.net.URI;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exposed is what the catalogue says, for documentation and generators read nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueTest {

  private final TestService service = new TestService(GoldenSignals.prometheus());
  private Exposition exposed = Exposition.parse("");

  @BeforeAll
  void everyMetricHasASeries() {
    service
        .requests
        .serve("GET /orders/{id}", 200)
        .fail("GET /orders/{id}", new IllegalStateException());
    Guard payments = service.dependencies().guards().get(0);
    payments.call(() -> "paid");
    payments.http(
        new HttpCall<>(HttpMethod.POST, URI.create("http://payments/charges"), paid -> 200),
        attempt -> "paid");
    Metrics.all().stream().filter(this::publishedByOthers).forEach(this::publish);
    exposed = Exposition.parse(service.scrape());
  }

  @AfterAll
  void close() throws Exception {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void isExposedWithNameTypeHelpAndLabelsOfTheCatalogue(Metric metric) {
    String name = metric.name();
    assertThat(exposed.types())
        .containsEntry(name, metric.type().name().toLowerCase(java.util.Locale.ROOT));
    assertThat(exposed.helps()).containsEntry(name, metric.help());
    String sample = metric.type() == Metric.Type.HISTOGRAM ? name + "_count" : name;
    assertThat(exposed.samples(sample)).isNotEmpty();
    // the client writes labels that are empty, which a scraper takes for absent ones
    assertThat(exposed.labels(sample)).isEqualTo(new TreeSet<>(metric.labels()));
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void namesItsUnitAndItsKind(Metric metric) {
    if (metric.type() == Metric.Type.COUNTER) {
      assertThat(metric.name()).endsWith("_total");
    } else if (!metric.unit().isEmpty()) {
      assertThat(metric.name()).endsWith("_" + metric.unit());
    }
    assertThat(metric.help()).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void keepsTheRulesThatServicesMustKeepToo(Metric metric) {
    assertThat(NamingRules.check(
            metric.name(),
            MetricKind.of(metric.type()),
            metric.unit(),
            metric.help(),
            metric.labels()))
        .isEmpty();
  }

  /** What other features publish is rendered here as well. */
  private boolean publishedByOthers(Metric metric) {
    return !service.scrape().contains("# TYPE " + metric.name() + " ");
  }

  private void publish(Metric metric) {
    String[] values = metric.labels().toArray(String[]::new);
    if (metric.type() == Metric.Type.HISTOGRAM) {
      service.instruments().durations(metric, service.settings().latencyBounds(), values);
    } else {
      service.instruments().publish(metric, () -> 1, values);
    }
  }

  static Stream<Metric> catalogue() {
    return Metrics.all().stream();
  }
}
