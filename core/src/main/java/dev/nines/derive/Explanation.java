package dev.nines.derive;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every derived number with its formula, inputs and source.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rows in the order of the design's table; the same targets always give the same order
 */
public record Explanation(List<Derived> rows) {

  public Explanation {
    rows = List.copyOf(rows);
  }

  /** Returns the row of that name, if there is one: {@code breaker.payments.deadline}. */
  public Optional<Derived> row(String name) {
    return rows.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** Returns an explanation with that row in place of the one of its name. */
  public Explanation with(Derived row) {
    return new Explanation(
        rows.stream().map(r -> r.name().equals(row.name()) ? row : r).toList());
  }

  /** Returns a table for people: one heading for each subject; name, value, and how it follows. */
  public String toText() {
    return ExplanationText.of(rows);
  }

  /** Returns an indented JSON array of objects with {@code name, value, formula, inputs, source}, in that order. */
  public String toJson() {
    JsonMapper mapper =
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ArrayNode array = mapper.createArrayNode();
    rows.forEach(row -> write(row, array.addObject()));
    return mapper.writeValueAsString(array);
  }

  private static void write(Derived row, ObjectNode object) {
    object.put("name", row.name()).put("value", row.value()).put("formula", row.formula());
    ObjectNode inputs = object.putObject("inputs");
    row.inputs().forEach(inputs::put);
    object.put("source", row.source());
  }
}
