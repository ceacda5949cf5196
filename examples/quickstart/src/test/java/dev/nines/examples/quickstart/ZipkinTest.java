package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One order's way through both services, as an operator sees it in Zipkin. */
class ZipkinTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void anOrderIsOneTraceThroughBothServices() throws Exception {
    try (Zipkin zipkin = new Zipkin()) {
      Map<String, String> environment = new HashMap<>(zipkin.variables());
      environment.put("NINES_TARGETS_LATENCY_P99", "10s"); // and with it each call's deadline
      RunningQuickstart quickstart = new RunningQuickstart(environment);
      quickstart.beforeAll(null);
      zipkin.awaitReady();

      int status = quickstart
          .post(
              "/orders",
              "{\"item\":\"book\",\"cents\":1999}",
              Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"))
          .status();
      List<JsonNode> spans = zipkin.trace(TRACE_ID, 5);
      quickstart.stop();

      assertThat(status).isEqualTo(201);
      JsonNode order = only(spans, "orders", "SERVER", "post /orders");
      JsonNode charge = only(spans, "payments", "SERVER", "post /charges");
      JsonNode call = only(spans, "orders", "CLIENT", "post");
      assertThat(text(order, "parentId")).isEqualTo("00f067aa0ba902b7");
      assertThat(text(call, "parentId")).isEqualTo(text(order, "id"));
      assertThat(text(charge, "parentId")).isEqualTo(text(call, "id"));
      assertThat(spans)
          .filteredOn(span -> text(span, "name").equals("orders-db"))
          .hasSize(2)
          .allSatisfy(span -> assertThat(text(span, "parentId")).isEqualTo(text(order, "id")));
    }
  }

  private static JsonNode only(List<JsonNode> spans, String service, String kind, String name) {
    List<JsonNode> found = spans.stream()
        .filter(span -> text(span.path("localEndpoint"), "serviceName").equals(service)
            && text(span, "kind").equals(kind)
            && text(span, "name").equals(name))
        .toList();
    assertThat(found).as(spans.toString()).hasSize(1);
    return found.get(0);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
