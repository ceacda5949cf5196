package dev.nines.logging;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What Elastic Common Schema 9.4 says of the fields that we write, as a table of our own: each name and the type of its
 * field in Elasticsearch. Written down from the field reference, and compared with its generated list of all fields.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs/ecs-field-reference">ECS field reference</a>
 */
final class Ecs {

  static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("@timestamp", "date"),
      Map.entry("message", "match_only_text"),
      Map.entry("ecs.version", "keyword"),
      Map.entry("log.level", "keyword"),
      Map.entry("log.logger", "keyword"),
      Map.entry("process.thread.name", "keyword"),
      Map.entry("service.name", "keyword"),
      Map.entry("service.version", "keyword"),
      Map.entry("service.environment", "keyword"),
      Map.entry("service.node.name", "keyword"),
      Map.entry("trace.id", "keyword"),
      Map.entry("span.id", "keyword"),
      Map.entry("error.type", "keyword"),
      Map.entry("error.message", "match_only_text"),
      Map.entry("error.stack_trace", "wildcard"),
      Map.entry("event.dataset", "keyword"),
      Map.entry("event.action", "keyword"),
      Map.entry("event.kind", "keyword"),
      Map.entry("event.category", "keyword[]"),
      Map.entry("event.type", "keyword[]"),
      Map.entry("event.outcome", "keyword"),
      Map.entry("event.duration", "long"),
      Map.entry("http.request.method", "keyword"),
      Map.entry("http.request.body.bytes", "long"),
      Map.entry("http.response.status_code", "long"),
      Map.entry("http.response.body.bytes", "long"),
      Map.entry("url.path", "wildcard"),
      Map.entry("url.query", "keyword"),
      Map.entry("client.address", "keyword"),
      Map.entry("client.ip", "ip"),
      Map.entry("user_agent.original", "keyword"));

  private Ecs() {}

  /** Returns the fields of a line by their dotted names, whichever way it is laid out; {@code nines.fields} not opened. */
  static Map<String, JsonNode> flat(JsonNode line) {
    Map<String, JsonNode> flat = new TreeMap<>();
    flatten("", line, flat);
    return flat;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, JsonNode> flat) {
    node.properties().forEach(field -> {
      String name = prefix + field.getKey();
      if (field.getValue().isObject() && !name.startsWith("nines.fields.")) {
        flatten(name + ".", field.getValue(), flat);
      } else if (flat.put(name, field.getValue()) != null) {
        throw new AssertionError("twice: " + name);
      }
    });
  }

  /** Returns whether Elasticsearch takes {@code value} for a field of that type without bending it. */
  static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "keyword", "match_only_text", "wildcard" -> value.isString();
      case "keyword[]" -> value.isArray() && value.values().stream().allMatch(JsonNode::isString);
      case "long" -> value.isIntegralNumber() && value.canConvertToLong();
      case "ip" -> dev.nines.request.IpLiteral.parse(value.asString()) != null;
      case "date" -> java.time.Instant.parse(value.asString()) != null;
      default -> false;
    };
  }
}
