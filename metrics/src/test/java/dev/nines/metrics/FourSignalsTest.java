package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FourSignalsTest {

  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String REQUEST_SIZE = "http_server_request_body_size_bytes";
  private static final String RESPONSE_SIZE = "http_server_response_body_size_bytes";
  private static final String ERRORS = "nines_errors_total";

  private final TestService service = new TestService(GoldenSignals.prometheus());

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void latencyOfSuccessesAndOfFailuresIsToldApart() {
    service.requests.serve("GET /orders/{id}", 200, Duration.ofMillis(30));
    Exchange failed = service.requests.begin("GET /orders/{id}");
    service.time.advance(Duration.ofSeconds(3));
    failed.fail(500, new IllegalStateException());

    assertThat(scraped().value(DURATION + "_sum", "http_route", "/orders/{id}", "error_type", ""))
        .isEqualTo(0.03);
    assertThat(scraped().value(DURATION + "_sum", "error_type", "java.lang.IllegalStateException"))
        .isEqualTo(3);
  }

  @Test
  void bodiesAreCountedInBytesByRoute() {
    sized("POST /orders", 1000, 20);
    sized("POST /orders", 3000, 40);
    sized("GET /orders/{id}", -1, -1); // an adapter that does not know

    assertThat(scraped().value(REQUEST_SIZE + "_sum", "http_route", "/orders")).isEqualTo(4000);
    assertThat(scraped().value(RESPONSE_SIZE + "_sum", "http_route", "/orders")).isEqualTo(60);
    assertThat(scraped().value(RESPONSE_SIZE + "_bucket", "http_route", "/orders", "le", "256.0"))
        .isEqualTo(2);
    assertThat(scraped().value(REQUEST_SIZE + "_count", "http_route", "/orders/{id}"))
        .isZero();
  }

  @Test
  void everyKindOfErrorIsThereFromTheStart() {
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(scraped().value(ERRORS, "kind", kind.label(), "route_class", "default"))
          .isZero();
      assertThat(scraped().value(ERRORS, "kind", kind.label(), "route_class", "POST /orders"))
          .isZero();
    }
  }

  @Test
  void errorsAreCountedByTheirKindAndRouteClass() {
    service
        .requests
        .serve("GET /orders/{id}", 404)
        .fail("GET /orders/{id}", new TimeoutException())
        .reject("POST /orders")
        .abort("GET /orders/{id}");
    Exchange exchange = service.requests.begin("GET /orders/{id}");
    try (Scope current = exchange.context().makeCurrent()) {
      catchThrowable(() -> service.dependencies().guards().get(0).run(() -> {
        throw new IOException();
      }));
    }
    exchange.end(502);

    assertThat(errors("timeout", "default")).isEqualTo(1);
    assertThat(errors("dependency", "default")).isEqualTo(1);
    assertThat(errors("client_abort", "default")).isEqualTo(1);
    assertThat(errors("server_error", "default")).isZero();
    assertThat(errors("rejected", "POST /orders")).isEqualTo(1);
    assertThat(errors("rejected", "default")).isZero();
  }

  @Test
  void theResourcesOfTheProcessAreOneFamily() {
    Awaitility.await().untilAsserted(() -> {
      System.gc();
      for (String resource :
          new String[] {"memory", "disk", "heap", "file_descriptors", "threads"}) {
        assertThat(scraped().value("nines_saturation_ratio", "resource", resource))
            .as(resource)
            .isBetween(0.0, 1.0);
      }
    });
    assertThat(scraped().samples("nines_saturation_ratio", "resource", "cpu")).hasSize(1);
    assertThat(scraped().samples("nines_saturation_ratio", "resource", "gc_pauses"))
        .hasSize(1);
    assertThat(scraped().value("system_network_io_bytes_total", "network_io_direction", "receive"))
        .isNotNegative();
  }

  private void sized(String route, long read, long written) {
    Exchange exchange = service.requests.begin(route);
    exchange.requestBytes(read);
    exchange.responseBytes(written);
    exchange.end(200);
  }

  private double errors(String kind, String routeClass) {
    return scraped().value(ERRORS, "kind", kind, "route_class", routeClass);
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }
}
