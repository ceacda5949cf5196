package dev.nines.logging;

import net.logstash.logback.marker.ObjectAppendingMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Learns the name and the value of a structured argument such as {@code kv("order", 7)}: its class shows them to nobody but
 * the generator that it writes them to. Writes nothing.
 *
 * <p>Used by one thread, for one event.
 */
final class FieldProbe extends JsonGeneratorDelegate {

  private String name = "";
  private @Nullable Object value;

  @SuppressWarnings("NullAway") // nothing is delegated: what is known writes a name and an object
  FieldProbe() {
    super(null);
  }

  /** Returns whether the argument is of the kind that can be read here. */
  static boolean canRead(@Nullable Object argument) {
    return argument != null && argument.getClass() == ObjectAppendingMarker.class;
  }

  /** Reads an argument that can be read. */
  FieldProbe read(Object argument) {
    ((ObjectAppendingMarker) argument).writeTo(this);
    return this;
  }

  String fieldName() {
    return name;
  }

  @Nullable
  Object fieldValue() {
    return value;
  }

  @Override
  public JsonGenerator writeName(String field) {
    name = field;
    return this;
  }

  @Override
  public JsonGenerator writePOJO(@Nullable Object object) {
    value = object;
    return this;
  }
}
