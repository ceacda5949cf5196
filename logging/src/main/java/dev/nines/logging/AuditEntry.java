package dev.nines.logging;

import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record says, without its place in the chain. Secrets are redacted by name and by shape, as in log lines; texts,
 * structures and the whole are cut where they are longer than anybody reads, and say so.
 */
final class AuditEntry {

  /** The most that a record takes: like a log line. */
  static final int MOST_BYTES = 1 << 16;

  private static final int MOST_NAME = 1_024;
  private static final int MOST_TEXT = 4_096;
  private static final int MOST_MEMBERS = 64;
  private static final int MOST_DEPTH = 4;
  private static final String OMITTED = "_omitted";

  private final Redaction redaction;
  private final ServiceIdentity service;

  AuditEntry(Redaction redaction, ServiceIdentity service) {
    this.redaction = redaction;
    this.service = service;
  }

  ObjectNode of(
      String actor, String action, String object, Audit.Outcome outcome, Map<String, ?> details) {
    ObjectNode entry = AuditLine.newObject();
    entry
        .put("service", service.service())
        .put("version", service.version())
        .put("environment", service.environment())
        .put("instance", service.instance());
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      entry.put("trace_id", span.getTraceId()).put("span_id", span.getSpanId());
    }
    entry
        .put("actor", clean(actor, MOST_NAME))
        .put("action", clean(action, MOST_NAME))
        .put("object", clean(object, MOST_NAME))
        .put("outcome", outcome.label());
    entry.set("details", node(details, MOST_DEPTH));
    int bytes = AuditLine.encoded(entry).length;
    if (bytes > MOST_BYTES - MOST_NAME) {
      entry.putObject("details").put(OMITTED, bytes + " bytes");
    }
    return entry;
  }

  /** Cut after redaction, which reads a little further: half a secret has no shape. */
  private String clean(String text, int most) {
    String begin = text.substring(0, Math.min(text.length(), most + Line.LOOK_AHEAD));
    String clean = redaction.text(begin, Math.min(most, begin.length()));
    return Text.repaired(text.length() > most ? Text.cut(clean, most) : clean);
  }

  private ObjectNode object(Map<?, ?> members, int depth) {
    ObjectNode object = AuditLine.newObject();
    Iterator<? extends Map.Entry<?, ?>> entries = members.entrySet().iterator();
    for (int count = 0; entries.hasNext() && count < MOST_MEMBERS; count++) {
      Map.Entry<?, ?> member = entries.next();
      String name = clean(Values.string(member.getKey()), MOST_NAME);
      boolean secret = member.getValue() != null && redaction.isSecret(name);
      object.set(name, secret ? text(Redaction.MARK) : node(member.getValue(), depth));
    }
    if (entries.hasNext()) {
      object.put(OMITTED, members.size() - MOST_MEMBERS + " members");
    }
    return object;
  }

  private ArrayNode array(Collection<?> elements, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    Iterator<?> each = elements.iterator();
    for (int count = 0; each.hasNext() && count < MOST_MEMBERS; count++) {
      array.add(node(each.next(), depth));
    }
    if (each.hasNext()) {
      array.add(OMITTED + ": " + (elements.size() - MOST_MEMBERS) + " elements");
    }
    return array;
  }

  private JsonNode node(@Nullable Object value, int depth) {
    try {
      if (value == null) {
        return JsonNodeFactory.instance.nullNode();
      }
      if (value instanceof Map<?, ?> map && depth > 0) {
        return object(map, depth - 1);
      }
      if (value instanceof Collection<?> elements && depth > 0) {
        return array(elements, depth - 1);
      }
      if (value instanceof Boolean flag) {
        return JsonNodeFactory.instance.booleanNode(flag);
      }
      if (value instanceof Integer || value instanceof Long) {
        return number(((Number) value).longValue());
      }
      return text(clean(Values.string(value), MOST_TEXT));
    } catch (RuntimeException e) { // a map that another thread changes, say
      return text(Values.failed(value, e));
    }
  }

  private static JsonNode number(long number) {
    return CardNumbers.isCard(number)
        ? text(Redaction.MARK)
        : JsonNodeFactory.instance.numberNode(number);
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }
}
