package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetadataTest {

  private static JsonNode metadata() throws Exception {
    try (InputStream in =
        MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }

  @Test
  void everyPropertyIsDescribed() throws Exception {
    List<JsonNode> properties =
        StreamSupport.stream(metadata().path("properties").spliterator(), false).toList();
    assertThat(properties).hasSizeGreaterThan(30);
    assertThat(properties).allSatisfy(property -> {
      assertThat(property.path("name").asString()).startsWith("nines.");
      assertThat(property.path("description").asString())
          .as(property.toString())
          .isNotBlank();
    });
  }

  @Test
  void valuesAreHinted() throws Exception {
    assertThat(StreamSupport.stream(metadata().path("hints").spliterator(), false))
        .extracting(hint -> hint.path("name").asString())
        .contains(
            "nines.logging.layout",
            "nines.metrics.naming",
            "nines.targets.latency.keys",
            "nines.targets.error-rate");
  }
}
