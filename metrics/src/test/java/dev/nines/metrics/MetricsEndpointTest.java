package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.endpoint.EndpointResponse;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsEndpointTest {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Map<String, String> WANTS_OPEN_METRICS =
      Map.of("accept", "application/openmetrics-text;version=1.0.0");

  /** Name, labels, value, then the exemplar's labels and value. */
  private static final Pattern EXEMPLAR = Pattern.compile(
      "(\\w+_bucket)\\{.*le=\"([^\"]+)\"} \\d+ # \\{span_id=\"(\\w{16})\",trace_id=\"(\\w{32})\"} (\\S+) \\S+");

  @Test
  void withoutWishesItSpeaksPlainText() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      EndpointResponse response = service.metrics(Map.of());

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.contentType()).isEqualTo(TEXT);
      assertThat(text(response)).contains("# TYPE nines_requests_good_total counter");
      assertThat(response.headers())
          .containsEntry("Vary", "Accept, Accept-Encoding")
          .doesNotContainKey("Content-Encoding");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        "Application/OpenMetrics-Text;VERSION=1.0.0",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
            + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,"
            + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
      })
  void whoPrefersOpenMetricsGetsIt(String accept) {
    assertThat(ScrapeFormat.preferred(accept).contentType()).isEqualTo(OPEN_METRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.google.protobuf",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
            + "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
            + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.1"
      })
  void whoPrefersProtobufGetsIt(String accept) {
    assertThat(ScrapeFormat.preferred(accept).contentType())
        .isEqualTo("application/vnd.google.protobuf;"
            + " proto=io.prometheus.client.MetricFamily; encoding=delimited");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/vnd.google.protobuf;proto=other.Message",
        ";",
        ",,;q",
        "*/*",
        "text/plain",
        "text/html,application/json",
        "application/openmetrics-text;q=0",
        "application/openmetrics-text;version=2.0.0",
        "application/openmetrics-text;q=0.2,text/plain;version=0.0.4;q=0.9",
        "application/openmetrics-text;q=much"
      })
  void whoDoesNotGetsPlainText(String accept) {
    assertThat(ScrapeFormat.preferred(accept).contentType()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"gzip|true", "deflate, GZIP;q=0.5|true", "gzip;q=0|false", "br|false", "''|false"})
  void itZipsForWhoCanReadThat(String acceptEncoding, boolean zipped) throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      EndpointResponse response = service.metrics(Map.of("accept-encoding", acceptEncoding));

      assertThat(response.headers().containsKey("Content-Encoding")).isEqualTo(zipped);
      String body = zipped ? unzipped(response) : text(response);
      assertThat(body).contains("nines_exchanges_total");
      if (zipped) {
        assertThat(response.body().length).isLessThan(body.length() / 5);
      }
    }
  }

  @Test
  void openMetricsEndsAsItMustAndNamesCountersWithoutTotal() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      EndpointResponse response = service.metrics(WANTS_OPEN_METRICS);

      assertThat(response.contentType()).isEqualTo(OPEN_METRICS);
      assertThat(text(response))
          .endsWith("# EOF\n")
          .contains("# TYPE nines_requests_good counter")
          .contains("nines_requests_good_total{");
    }
  }

  @Test
  void bucketsOfSampledRequestsLeadToTheirTraces() throws Exception {
    try (TestService service = traced(Sampler.alwaysOn())) {
      var exchange = service.requests.begin("GET /orders/{id}");
      service.time.advance(Duration.ofMillis(150));
      exchange.end(200);

      List<Matcher> exemplars = exemplars(text(service.metrics(WANTS_OPEN_METRICS)));

      assertThat(exemplars).hasSize(1);
      Matcher exemplar = exemplars.get(0);
      assertThat(exemplar.group(1)).isEqualTo("http_server_request_duration_seconds_bucket");
      assertThat(exemplar.group(2)).isEqualTo("0.2");
      assertThat(exemplar.group(3)).isEqualTo(exchange.span().getSpanContext().getSpanId());
      assertThat(exemplar.group(4)).isEqualTo(exchange.span().getSpanContext().getTraceId());
      assertThat(Double.parseDouble(exemplar.group(5))).isEqualTo(0.15);
    }
  }

  @Test
  void plainTextHasNoExemplars() throws Exception {
    try (TestService service = traced(Sampler.alwaysOn())) {
      service.requests.serve("GET /orders/{id}", 200);

      assertThat(service.scrape()).doesNotContain("trace_id");
    }
  }

  @Test
  void unsampledRequestsLeaveNoExemplars() throws Exception {
    try (TestService service = traced(Sampler.alwaysOff())) {
      service.requests.serve("GET /orders/{id}", 200);

      assertThat(text(service.metrics(WANTS_OPEN_METRICS))).doesNotContain("trace_id");
    }
  }

  private static TestService traced(Sampler sampler) {
    OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().setSampler(sampler).build())
        .build();
    return new TestService(GoldenSignals.prometheus(), TestService.TARGETS, openTelemetry);
  }

  private static List<Matcher> exemplars(String exposition) {
    return exposition
        .lines()
        .filter(line -> line.contains(" # {"))
        .map(EXEMPLAR::matcher)
        .peek(matcher -> assertThat(matcher.matches()).as("%s", matcher).isTrue())
        .toList();
  }

  private static String text(EndpointResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String unzipped(EndpointResponse response) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
