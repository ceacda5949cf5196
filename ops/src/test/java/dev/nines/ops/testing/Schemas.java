package dev.nines.ops.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas in {@code schemas/}, each as strict as its own tools are. */
public final class Schemas {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OPENSLO = "https://openslo.com/schemas/v1/";

  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
      SpecificationVersion.DRAFT_7,
      builder -> builder.schemas(iri ->
          iri.startsWith(OPENSLO) ? text("openslo/" + iri.substring(OPENSLO.length())) : null));

  private Schemas() {}

  /** Returns the schema of a kind of Kubernetes; what it doesn't know is refused, as {@code kubectl} refuses it. */
  public static Schema kubernetes(String definition) {
    ObjectNode all = (ObjectNode) JSON.readTree(text("kubernetes.json"));
    ObjectNode definitions = (ObjectNode) all.get("definitions");
    strict(definitions);
    // OpenAPI 2 has no word for a type of two kinds
    ((ObjectNode) definitions.get("io.k8s.apimachinery.pkg.util.intstr.IntOrString"))
        .set("type", JSON.createArrayNode().add("string").add("integer"));
    return REGISTRY.getSchema(JSON.createObjectNode()
        .<ObjectNode>set("definitions", definitions)
        .set(
            "allOf",
            JSON.createArrayNode()
                .add(JSON.createObjectNode().put("$ref", "#/definitions/" + definition))));
  }

  public static Schema serviceMonitor() {
    JsonNode schema = JSON.readTree(text("servicemonitor.json"));
    strict(schema);
    return REGISTRY.getSchema(schema);
  }

  public static Schema openSlo() {
    return REGISTRY.getSchema(JSON.readTree(text("openslo/openslo.schema.json")));
  }

  public static Schema compose() {
    ObjectNode schema = (ObjectNode) JSON.readTree(text("compose.json"));
    // its dialect is spelt with https, which is no draft's name, and its id is relative
    schema.remove(List.of("$schema", "$id"));
    return REGISTRY.getSchema(schema);
  }

  /** Returns what is wrong, one text each. */
  public static List<String> problems(Schema schema, JsonNode document) {
    return schema.validate(document).stream().map(Error::toString).toList();
  }

  private static void strict(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").asString("").equals("object")
        && !object.has("additionalProperties")
        && !object.has("x-kubernetes-preserve-unknown-fields")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Schemas::strict);
  }

  private static String text(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
