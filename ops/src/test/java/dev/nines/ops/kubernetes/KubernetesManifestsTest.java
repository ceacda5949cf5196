package dev.nines.ops.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Ports;
import dev.nines.ops.testing.Generated;
import dev.nines.ops.testing.Schemas;
import dev.nines.targets.ReliabilityTargets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class KubernetesManifestsTest {

  private final Generated files = new Generated(Generated.checkout());

  private JsonNode manifest(String name) {
    return files.document("kubernetes/" + name + ".yaml");
  }

  private static List<String> problems(String definition, JsonNode manifest) {
    return Schemas.problems(Schemas.kubernetes("io.k8s.api." + definition), manifest);
  }

  @Test
  void whatIsGeneratedKeepsThePublishedSchemas() {
    assertThat(problems("core.v1.Service", manifest("service"))).isEmpty();
    assertThat(problems("autoscaling.v2.HorizontalPodAutoscaler", manifest("hpa")))
        .isEmpty();
    assertThat(problems("policy.v1.PodDisruptionBudget", manifest("pdb"))).isEmpty();
    assertThat(Schemas.problems(Schemas.serviceMonitor(), manifest("servicemonitor")))
        .isEmpty();
  }

  @Test
  void aDeploymentThatIsPatchedKeepsTheSchema() {
    assertThat(problems("apps.v1.Deployment", patchedDeployment())).isEmpty();
  }

  @Test
  void theSchemasRefuseWhatIsWrong() {
    ObjectNode misspelt = patchedDeployment();
    ((ObjectNode) misspelt.at("/spec/template/spec/containers/0/readinessProbe"))
        .put("periodSecond", 5);
    ObjectNode mistyped = (ObjectNode) manifest("hpa");
    ((ObjectNode) mistyped.get("spec")).put("maxReplicas", "ten");
    ObjectNode unknown = (ObjectNode) manifest("servicemonitor");
    ((ObjectNode) unknown.at("/spec/endpoints/0")).put("intervall", "15s");

    assertThat(problems("apps.v1.Deployment", misspelt)).hasSize(1);
    assertThat(problems("autoscaling.v2.HorizontalPodAutoscaler", mistyped)).hasSize(1);
    assertThat(Schemas.problems(Schemas.serviceMonitor(), unknown)).hasSize(1);
  }

  @Test
  void numbersFollowFromTheDeclaration() {
    assertThat(manifest("hpa")
            .at("/spec/metrics/0/resource/target/averageUtilization")
            .asInt())
        .isEqualTo(70);
    assertThat(manifest("hpa").at("/spec/minReplicas").asInt()).isEqualTo(2);
    assertThat(manifest("hpa").at("/spec/maxReplicas").asInt()).isEqualTo(10);
    JsonNode pod = manifest("deployment-patch").at("/spec/template/spec");
    assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(pod.at("/containers/0/readinessProbe/periodSeconds").asInt()).isEqualTo(5);
    assertThat(files.text("kubernetes/deployment-patch.yaml"))
        .contains("probes.period: 5s = ⌊room ÷ 3⌋", "lifecycle.grace: 30s = ");
  }

  @Test
  void thePodsThatArePatchedAreThoseThatTheOthersFind() {
    String label = "/app.kubernetes.io~1name";
    String name = manifest("deployment-patch")
        .at("/spec/template/metadata/labels" + label)
        .asString();

    assertThat(name).isEqualTo("checkout");
    assertThat(manifest("service").at("/spec/selector" + label).asString()).isEqualTo(name);
    assertThat(manifest("pdb").at("/spec/selector/matchLabels" + label).asString())
        .isEqualTo(name);
    assertThat(
            manifest("servicemonitor").at("/spec/selector/matchLabels" + label).asString())
        .isEqualTo(manifest("service").at("/metadata/labels" + label).asString());
    assertThat(manifest("servicemonitor").at("/spec/endpoints/0/port").asString())
        .isEqualTo(manifest("service").at("/spec/ports/0/name").asString());
  }

  @Test
  void aNameThatKubernetesDoesNotTakeIsMadeOneThatItTakes() {
    Blueprint odd = Blueprint.of(ReliabilityTargets.threeNines(), "Check_Out.V2")
        .listening(new Ports(80, 9090));
    Generated generated = new Generated(odd);

    assertThat(generated.document("kubernetes/hpa.yaml").at("/metadata/name").asString())
        .isEqualTo("check-out-v2");
    assertThat(generated
            .document("kubernetes/service.yaml")
            .at("/spec/ports/0/port")
            .asInt())
        .isEqualTo(9090);
  }

  /** A strategic merge of the patch and the least Deployment; the only list in question is that of containers, by name. */
  private ObjectNode patchedDeployment() {
    ObjectNode deployment = (ObjectNode) JsonMapper.shared().readTree("""
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "spec": {"selector": {"matchLabels": {"app.kubernetes.io/name": "checkout"}},
           "template": {"spec": {"containers": [{"name": "checkout", "image": "checkout:1.0"}]}}}}
        """);
    JsonNode patch = manifest("deployment-patch");
    ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");
    ObjectNode pod = ((ObjectNode) patch.at("/spec/template/spec")).deepCopy();
    ObjectNode patched = (ObjectNode) pod.get("containers").get(0);
    assertThat(patched.get("name")).isEqualTo(container.get("name"));
    container.setAll(patched);
    pod.remove("containers");
    ((ObjectNode) deployment.at("/spec/template/spec")).setAll(pod);
    ((ObjectNode) deployment.at("/spec/template"))
        .set("metadata", patch.at("/spec/template/metadata"));
    deployment.set("metadata", patch.get("metadata"));
    ObjectNode spec = ((ObjectNode) patch.get("spec")).deepCopy();
    spec.remove("template");
    ((ObjectNode) deployment.get("spec")).setAll(spec);
    return deployment;
  }
}
