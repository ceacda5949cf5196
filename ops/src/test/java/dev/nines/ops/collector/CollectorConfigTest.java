package dev.nines.ops.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.testing.Generated;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CollectorConfigTest {

  private final Generated files = new Generated(Generated.checkout());
  private final JsonNode config = files.document("otel-collector.yaml");

  @Test
  void everyPartOfAPipelineIsConfigured() {
    assertThat(config.at("/service/pipelines").propertyNames())
        .containsExactlyInAnyOrder("traces", "metrics", "logs");
    for (JsonNode pipeline : config.at("/service/pipelines")) {
      for (String part : List.of("receivers", "processors", "exporters")) {
        assertThat(pipeline.get(part)).isNotEmpty().allSatisfy(name -> assertThat(
                config.get(part).has(name.asString()))
            .as(part + " " + name)
            .isTrue());
      }
      assertThat(pipeline.at("/processors/0").asString()).isEqualTo("memory_limiter");
    }
  }

  @Test
  void nothingIsConfiguredThatNoPipelineHas() {
    for (String part : List.of("receivers", "processors", "exporters")) {
      List<String> used = config
          .at("/service/pipelines")
          .valueStream()
          .flatMap(pipeline -> pipeline.get(part).valueStream())
          .map(JsonNode::asString)
          .toList();
      assertThat(used).containsAll(config.get(part).propertyNames());
    }
  }

  @Test
  void tracesThatCannotBeDeliveredWaitAsLongAsAnInstanceMayTakeToRecover() {
    assertThat(config.at("/exporters/otlp/retry_on_failure/max_elapsed_time").asString())
        .isEqualTo("5m");
  }

  @Test
  void theServiceSendsToWhereTheCollectorListens() {
    String sends = files
        .document("compose/docker-compose.yaml")
        .at("/services/checkout/environment/OTEL_EXPORTER_OTLP_ENDPOINT")
        .asString();

    assertThat(sends).isEqualTo("http://otel-collector:4318");
    assertThat(config.at("/receivers/otlp/protocols/http/endpoint").asString()).endsWith(":4318");
  }
}
