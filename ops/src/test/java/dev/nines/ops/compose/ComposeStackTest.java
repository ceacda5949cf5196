package dev.nines.ops.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.testing.Generated;
import dev.nines.ops.testing.Schemas;
import dev.nines.ops.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ComposeStackTest {

  private final Generated files = new Generated(Generated.checkout());

  @TempDir
  private Path directory;

  private JsonNode stack() {
    return files.document("compose/docker-compose.yaml");
  }

  @Test
  void bothFilesKeepTheSchemaOfCompose() {
    assertThat(Schemas.problems(Schemas.compose(), stack())).isEmpty();
    assertThat(Schemas.problems(Schemas.compose(), files.document("compose/healthcheck.yaml")))
        .isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsWrong() {
    ObjectNode wrong = (ObjectNode) stack();
    ((ObjectNode) wrong.at("/services/grafana")).put("imag", "grafana");

    assertThat(Schemas.problems(Schemas.compose(), wrong)).isNotEmpty();
  }

  @Test
  void theStackHoldsTheServiceAndAllThatWatchesIt() {
    assertThat(stack().get("services").propertyNames())
        .containsExactlyInAnyOrder(
            "checkout", "prometheus", "alertmanager", "grafana", "jaeger", "otel-collector");
    assertThat(stack().at("/services/checkout/healthcheck/interval").asString()).isEqualTo("5s");
    assertThat(stack().at("/services/checkout/stop_grace_period").asString()).isEqualTo("30s");
  }

  @Test
  void nothingIsOpenToOthersThanThisMachine() {
    List<String> ports = stack()
        .get("services")
        .valueStream()
        .flatMap(service -> service.path("ports").valueStream())
        .map(JsonNode::asString)
        .toList();

    assertThat(ports).hasSize(6).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
  }

  @Test
  void whatServicesDependOnIsInTheStack() {
    List<String> needed = stack()
        .get("services")
        .valueStream()
        .flatMap(service -> service.path("depends_on").valueStream())
        .map(JsonNode::asString)
        .toList();

    assertThat(needed).isNotEmpty();
    assertThat(stack().get("services").propertyNames()).containsAll(needed);
  }

  @Test
  void whatIsMountedIsGenerated() {
    List<String> mounted = stack()
        .get("services")
        .valueStream()
        .flatMap(service -> service.path("volumes").valueStream())
        .map(volume ->
            Path.of("compose", volume.asString().split(":")[0]).normalize().toString())
        .toList();

    assertThat(mounted).hasSize(7).allSatisfy(path -> assertThat(files.paths())
        .anyMatch(generated -> new GeneratedFile(generated, "\n").within(path)));
  }

  @Test
  void promtoolReadsWhatIsScraped() throws Exception {
    Path config = Files.writeString(
        directory.resolve("prometheus.yaml"), files.text("compose/prometheus.yaml"));
    Tool.run("promtool", "check", "config", "--syntax-only", config.toString()).succeeded();
  }

  @Test
  void whatIsScrapedHasTheLabelsByWhichItIsFound() {
    Blueprint shop = Generated.checkout().selecting("job=\"pay\",namespace=\"shop \\\"a\\\"\"");
    JsonNode scrape =
        new Generated(shop).document("compose/prometheus.yaml").at("/scrape_configs/0");

    assertThat(scrape.get("job_name").asString()).isEqualTo("pay");
    assertThat(scrape.at("/static_configs/0/labels/namespace").asString()).isEqualTo("shop \"a\"");
    assertThat(scrape.at("/static_configs/0/targets/0").asString()).isEqualTo("checkout:8081");
  }

  @Test
  void grafanaFindsItsSourceAndItsDashboards() {
    JsonNode sources = files.document("compose/grafana/datasources.yaml").get("datasources");
    String path = files
        .document("compose/grafana/dashboards.yaml")
        .at("/providers/0/options/path")
        .asString();

    assertThat(Stream.of(0, 1).map(i -> sources.get(i).get("url").asString()))
        .containsExactly("http://prometheus:9090", "http://jaeger:16686");
    assertThat(stack().at("/services/grafana/volumes").toString()).contains(":" + path + ":ro");
  }
}
