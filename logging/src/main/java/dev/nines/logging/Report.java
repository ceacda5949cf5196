package dev.nines.logging;

import dev.nines.telemetry.ServiceIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log says of itself. */
record Report(String eventType, Map<String, Object> fields) implements LineFields {

  @Override
  public @Nullable ServiceIdentity service() {
    return null;
  }

  @Override
  public void writeTo(Line line) {
    fields.forEach(line::field);
  }

  @Override
  public int weight() {
    return Fixed.NOT;
  }

  @Override
  public String toString() {
    return eventType + " " + fields;
  }
}
