package dev.nines.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a line names what it says. Timestamps, bounds, redaction and the rest are the same in each.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
 */
public enum Layout {
  /** Short flat names, such as {@code service} and {@code trace_id}; fields of the user's own stand beside them. */
  NINES,

  /**
   * Elastic Common Schema with objects within objects: {@code {"service":{"name":"checkout"}}}.
   *
   * <p>Fields of the user's own whose values are single go under {@code labels}, as texts, for ECS stores labels as keywords
   * and one number among texts would cost the event its place in the index; dots in their names become underscores. Those
   * whose values are structures go under {@code nines.fields}, best mapped as {@code flattened}. What ECS has no field for
   * stands under {@code nines}: {@code nines.route}, {@code nines.outcome}, {@code nines.slo_broken},
   * {@code nines.stack_hash}, and the fields of core's events. So no name of a user's can collide with one of the schema's.
   */
  ECS,

  /** As {@link #ECS}, with dots in the names of one flat object: {@code {"service.name":"checkout"}}. */
  ECS_DOTTED;

  /** The version of ECS whose fields are written. */
  static final String ECS_VERSION = "9.4.0";

  /** Returns the layout of that name: {@code nines}, {@code ecs} or {@code ecs-dotted}, in any case. */
  static Layout named(String name) {
    return Arrays.stream(values())
        .filter(layout -> layout.label().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("layout: " + name + " (expected: one of "
            + Arrays.stream(values()).map(Layout::label).collect(Collectors.joining(", ")) + ")"));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
