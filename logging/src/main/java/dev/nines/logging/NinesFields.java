package dev.nines.logging;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Fields of {@link Layout#NINES}: all side by side, a user's under the name that he gave. */
final class NinesFields extends WrittenFields {

  private final JsonGenerator json;

  NinesFields(Line line, JsonGenerator json) {
    super(line);
    this.json = json;
  }

  @Override
  void name(FieldKey key) {
    json.writeName(key.name(Layout.NINES));
  }

  @Override
  void own(String name, @Nullable Object value) {
    users(name, value, Line.FIELD_PREFIX);
  }

  @Override
  void own(OwnField field, @Nullable Object value) {
    if (begin(field)) {
      if (field.isOurs()) {
        line.ours(value);
      } else {
        line.value(field.label(), value);
      }
    }
  }

  @Override
  void own(OwnField field, long value) {
    if (begin(field)) {
      line.number(value);
    }
  }

  @Override
  void thousandths(OwnField field, long value) {
    if (begin(field)) {
      line.thousandths(value);
    }
  }

  private boolean begin(OwnField field) {
    boolean begun = take(field);
    if (begun) {
      json.writeName(field.encoded());
    }
    return begun;
  }

  @Override
  void users(String name, @Nullable Object value, String prefix) {
    String free = free(name, prefix);
    if (free != null) {
      json.writeName(free);
      line.value(name, value);
    }
  }

  @Override
  void end() {
    if (omitted() > 0) {
      name(StandardField.FIELDS_OMITTED.key());
      json.writeNumber(omitted());
    }
  }

  @Override
  boolean isReserved(String name) {
    return StandardField.isReserved(name);
  }
}
