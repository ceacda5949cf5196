package dev.nines.ops.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.testing.Generated;
import dev.nines.ops.testing.Schemas;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenSloTest {

  private final Generated files = new Generated(Generated.checkout());

  private List<JsonNode> all() {
    return Stream.of("service", "slos", "alerts")
        .flatMap(name -> files.documents("openslo/" + name + ".yaml").stream())
        .toList();
  }

  private List<JsonNode> of(String kind) {
    return all().stream()
        .filter(each -> each.get("kind").asString().equals(kind))
        .toList();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  @Test
  void everyObjectKeepsThePublishedSchema() {
    assertThat(all()).hasSizeGreaterThan(20).allSatisfy(object -> assertThat(
            Schemas.problems(Schemas.openSlo(), object))
        .as(name(object))
        .isEmpty());
  }

  @Test
  void theSchemaRefusesWhatIsWrong() {
    ObjectNode slo = (ObjectNode) of("SLO").get(1);
    ((ObjectNode) slo.at("/spec/objectives/0")).put("target", 99.9);

    assertThat(Schemas.problems(Schemas.openSlo(), slo)).isNotEmpty();
  }

  @Test
  void eachObjectiveOfEachRouteClassHasItsSlo() {
    assertThat(of("SLO").stream()
            .map(slo -> name(slo) + " " + slo.at("/spec/objectives/0/target").asString()))
        .containsExactly(
            "checkout-availability 0.999",
            "checkout-errors 0.999",
            "checkout-latency-p95 0.95",
            "checkout-latency-p99 0.99",
            "checkout-post-orders-errors 0.999",
            "checkout-post-orders-latency-p95 0.95",
            "checkout-post-orders-latency-p99 0.99");
    assertThat(of("SLO")).allSatisfy(slo -> {
      assertThat(slo.at("/spec/timeWindow/0/duration").asString()).isEqualTo("30d");
      assertThat(slo.at("/spec/service").asString())
          .isEqualTo(name(of("Service").get(0)));
    });
  }

  @Test
  void ratiosAreTakenOnTheCountersOfGoodAndBadRequests() {
    JsonNode ratio = of("SLO").get(6).at("/spec/indicator/spec/ratioMetric");

    assertThat(ratio.at("/good/metricSource/spec/query").asString())
        .isEqualTo("sum(nines_requests_good_total{job=\"checkout\",objective=\"latency_p99\","
            + "route_class=\"POST /orders\"})");
    assertThat(ratio.at("/total/metricSource/spec/query").asString())
        .contains("nines_requests_good_total", " + sum(nines_requests_bad_total{");
  }

  @Test
  void everythingThatIsReferredToIsThere() {
    Set<String> policies = names("AlertPolicy");
    Set<String> referred = of("SLO").stream()
        .flatMap(slo -> slo.at("/spec/alertPolicies").valueStream())
        .map(JsonNode::asString)
        .collect(Collectors.toSet());

    assertThat(referred).isEqualTo(policies);
    assertThat(of("AlertPolicy").stream()
            .map(policy -> policy.at("/spec/conditions/0/conditionRef").asString()))
        .containsExactlyElementsOf(
            of("AlertCondition").stream().map(OpenSloTest::name).toList());
    assertThat(of("AlertPolicy").stream()
            .map(policy -> policy.at("/spec/notificationTargets/0/targetRef").asString())
            .collect(Collectors.toSet()))
        .isEqualTo(names("AlertNotificationTarget"));
  }

  @Test
  void conditionsAreTheTiersThatCanFire() {
    JsonNode hour = of("AlertCondition").stream()
        .filter(condition -> name(condition).equals("checkout-errors-burn-1h"))
        .findFirst()
        .orElseThrow();

    assertThat(hour.at("/spec/condition/threshold").asDouble()).isEqualTo(12.96);
    assertThat(hour.at("/spec/condition/lookbackWindow").asString()).isEqualTo("1h");
    assertThat(hour.at("/spec/severity").asString()).isEqualTo("page");
    assertThat(names("AlertCondition")).doesNotContain("checkout-latency-p95-burn-1h");
  }

  private Set<String> names(String kind) {
    return of(kind).stream().map(OpenSloTest::name).collect(Collectors.toSet());
  }
}
