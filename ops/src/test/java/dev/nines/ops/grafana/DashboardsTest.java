package dev.nines.ops.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.generate.Links;
import dev.nines.ops.testing.Generated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DashboardsTest {

  private static final List<String> REQUIRED_OF_DASHBOARDS = List.of(
      "uid",
      "title",
      "tags",
      "timezone",
      "editable",
      "graphTooltip",
      "schemaVersion",
      "version",
      "time",
      "templating",
      "annotations",
      "panels");

  private final Generated files = new Generated(Generated.checkout());

  @ParameterizedTest
  @ValueSource(strings = {"grafana/checkout.json", "grafana/fleet/services.json"})
  void aDashboardHasAllThatGrafanaReads(String path) {
    JsonNode dashboard = files.document(path);

    assertThat(dashboard.propertyNames()).containsAll(REQUIRED_OF_DASHBOARDS);
    assertThat(dashboard.get("uid").asString()).matches("[a-zA-Z0-9_-]{1,40}");
    assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
    assertThat(dashboard.at("/annotations/list/0/expr").asString()).contains("nines_build_info");
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.propertyNames()).contains("id", "type", "title", "gridPos");
      if (!panel.get("type").asString().equals("row")) {
        assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
        assertThat(panel.get("description").asString()).isNotBlank();
        assertThat(panel.get("targets")).isNotEmpty().allSatisfy(target -> {
          assertThat(target.get("expr").asString()).isNotBlank();
          assertThat(target.at("/datasource/uid").asString()).isEqualTo("${datasource}");
        });
        assertThat(panel.at("/fieldConfig/defaults").isObject()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana/checkout.json", "grafana/fleet/services.json"})
  void noIdIsGivenTwiceAndNoCellIsTakenTwice(String path) {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : files.document(path).get("panels")) {
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").asInt() + place.get("w").asInt();
      assertThat(ids.add(panel.get("id").asInt()))
          .as(panel.get("title").asString())
          .isTrue();
      assertThat(right).isLessThanOrEqualTo(24);
      for (int x = place.get("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.get("h").asInt(); y++) {
          String cell = x + "," + (place.get("y").asInt() + y);
          assertThat(cells.add(cell)).as(panel.get("title") + " at " + cell).isTrue();
        }
      }
    }
  }

  @Test
  void linksInAlertsLeadToTheDashboardsThatAreGenerated() {
    assertThat(files.document("grafana/checkout.json").get("uid").asString())
        .isEqualTo(Links.dashboardUid("checkout"));
    assertThat(files.document("grafana/fleet/services.json").get("uid").asString())
        .isEqualTo(Links.fleetDashboardUid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleet", "nines-fleet", "nines_fleet"})
  void noServiceTakesThePlaceOfTheFleet(String service) {
    Generated generated = new Generated(Blueprint.of(Generated.targets(), service));
    String uid = generated.document("grafana/fleet/services.json").get("uid").asString();

    assertThat(generated.paths())
        .filteredOn(path -> path.startsWith("grafana/"))
        .hasSize(2);
    assertThat(Links.dashboardUid(service)).isNotEqualTo(uid);
  }

  @ParameterizedTest
  @EnumSource
  void eitherNamingIsUsedAndNotTheOther(HttpNaming naming) {
    Generated named = new Generated(Generated.checkout().naming(naming));
    HttpNaming other = naming == HttpNaming.OTEL ? HttpNaming.SPRING : HttpNaming.OTEL;

    for (String path : List.of("grafana/checkout.json", "grafana/fleet/services.json")) {
      assertThat(named.text(path)).contains(naming.duration()).doesNotContain(other.duration());
    }
    assertThat(named.text("grafana/checkout.json")).contains("(" + naming.route() + ")");
  }

  @Test
  void promisesStandBesideWhatIsMeasured() {
    List<String> legends = new ArrayList<>();
    for (JsonNode panel : files.document("grafana/checkout.json").get("panels")) {
      panel
          .path("targets")
          .forEach(target -> legends.add(target.get("legendFormat").asString()));
    }

    assertThat(legends)
        .contains(
            "p95 promised",
            "p99 promised",
            "declared peak",
            "allowed, {{route_class}}",
            "{{resource}} allowed");
  }

  @Test
  void everyQueryOfTheServiceLooksAtNoOther() {
    for (JsonNode panel : files.document("grafana/checkout.json").get("panels")) {
      panel.path("targets").forEach(target -> {
        String query = target.get("expr").asString();
        assertThat(query)
            .matches(q -> q.contains("{job=\"checkout\"")
                || q.contains("service=\"checkout\"")
                || q.startsWith("vector("));
      });
    }
  }
}
