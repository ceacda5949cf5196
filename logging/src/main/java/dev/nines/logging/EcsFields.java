package dev.nines.logging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/**
 * Fields of Elastic Common Schema. Fields of one object follow each other, so that no object is opened twice: those of the
 * schema first, in the order in which they are told, then {@code labels}, and in the end all of {@code nines}.
 */
final class EcsFields extends WrittenFields {

  private static final String LABELS = "labels";
  private static final String NINES = "nines";
  private static final String FIELDS = "fields";
  private static final SerializableString[] LABELS_GROUP = FieldKey.groups(LABELS);
  private static final SerializableString[] NINES_GROUP = FieldKey.groups(NINES);
  private static final SerializableString[] FIELDS_GROUP = FieldKey.groups(NINES, FIELDS);

  private record Later(String name, @Nullable Object value) {}

  private final JsonGenerator json;
  private final Layout layout;
  private final List<Later> own = new ArrayList<>();
  private final List<Later> structures = new ArrayList<>();
  private SerializableString[] open = FieldKey.TOP;

  EcsFields(Line line, JsonGenerator json, Layout layout) {
    super(line);
    this.json = json;
    this.layout = layout;
  }

  @Override
  void name(FieldKey key) {
    enter(key.groups(layout));
    json.writeName(key.name(layout));
  }

  @Override
  void own(String name, @Nullable Object value) {
    own.add(new Later(name, value));
  }

  /** Writes a label, or leaves a structure for later: ECS wants labels to be single values, and stores each as a keyword. */
  @Override
  void users(String name, @Nullable Object value, String prefix) {
    String free = free(name.replace('.', '_'), prefix);
    if (free == null) {
      return;
    }
    if (Values.isStructure(value)) {
      structures.add(new Later(free, value));
    } else {
      name(LABELS_GROUP, LABELS, free);
      label(name, value);
    }
  }

  private void label(String name, @Nullable Object value) {
    if (value == null) {
      line.nothing();
    } else if (line.isSecret(name)) {
      line.redacted();
    } else {
      line.text(Values.single(value));
    }
  }

  @Override
  void end() {
    Set<String> taken = new HashSet<>();
    taken.add(FIELDS);
    taken.add(StandardField.FIELDS_OMITTED.label());
    for (Later field : own) {
      write(field, NINES_GROUP, NINES, taken);
    }
    Set<String> names = new HashSet<>();
    for (Later field : structures) {
      write(field, FIELDS_GROUP, NINES + "." + FIELDS, names);
    }
    if (omitted() > 0) {
      name(NINES_GROUP, NINES, StandardField.FIELDS_OMITTED.label());
      json.writeNumber(omitted());
    }
    enter(FieldKey.TOP);
  }

  private void write(Later field, SerializableString[] group, String dotted, Set<String> taken) {
    if (hasRoom()) {
      name(group, dotted, line.freeName(field.name, taken));
      line.value(field.name, field.value);
    }
  }

  private void name(SerializableString[] group, String dotted, String name) {
    if (layout == Layout.ECS) {
      enter(group);
      json.writeName(name);
    } else {
      json.writeName(dotted + "." + name);
    }
  }

  /** Closes what is open and no longer needed, and opens the rest. */
  private void enter(SerializableString[] wanted) {
    if (wanted == open) {
      return;
    }
    int common = 0;
    while (common < Math.min(open.length, wanted.length) && open[common] == wanted[common]) {
      common++;
    }
    for (int at = open.length; at > common; at--) {
      json.writeEndObject();
    }
    for (int at = common; at < wanted.length; at++) {
      json.writeName(wanted[at]);
      json.writeStartObject();
    }
    open = wanted;
  }

  @Override
  boolean isReserved(String name) {
    return false;
  }
}
