package dev.nines.logging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One line while it is written: it stays valid, below {@link #MOST_BYTES}, without secrets and without two fields of one
 * name, whatever it is given.
 *
 * <p>Used by one thread, for one event.
 */
final class Line {

  /** The bound on a line's bytes; Docker's json-file driver and others split lines above 16 KiB, many shippers at 64. */
  static final int MOST_BYTES = 64 * 1024;

  /** A name that collides gets this before it; one from MDC {@link #CONTEXT_PREFIX}. */
  static final String FIELD_PREFIX = "field_";

  static final String CONTEXT_PREFIX = "ctx_";

  /** The bound on fields of one line beside the standard ones; what comes after is counted in {@code fields_omitted}. */
  static final int MOST_FIELDS = 200;

  private static final int MOST_NAME_BYTES = 128;
  private static final int MOST_STRING_BYTES = 8 * 1024;

  /** Characters behind a cut that are read, for half a secret would be none by its shape. */
  static final int LOOK_AHEAD = 2048;

  /** Braces, {@code fields_omitted}, the marks of structures that were cut, and the line's end. */
  private static final int RESERVE = 1024;

  /** A long, a constant, and what stands around a value. */
  private static final int SMALL_BYTES = 24;

  /** The longest exact number that is written as one: its digits and its exponent. */
  private static final int EXACT_BYTES = 96;

  /** Quotes, colon and comma. */
  private static final int PUNCTUATION_BYTES = 4;

  private final JsonGenerator json;
  private final Redaction redaction;
  private final Values values;
  private String[] names = new String[12];
  private int count;
  private int omitted;
  private int room = MOST_BYTES - RESERVE;

  Line(JsonGenerator json, Redaction redaction) {
    this.json = json;
    this.redaction = redaction;
    this.values = new Values(this, json);
  }

  /** Writes a standard field. */
  void standard(StandardField field, String value) {
    json.writeName(field.key());
    text(value, field.mostBytes());
  }

  /** Writes a standard field whose value needs no look: an enum's name, hexadecimal digits. */
  void plain(StandardField field, String value) {
    json.writeName(field.key());
    json.writeString(value);
    room -= field.mostBytes();
  }

  void timestamp(char[] text) {
    json.writeName(StandardField.TIMESTAMP.key());
    json.writeString(text, 0, text.length);
    room -= StandardField.TIMESTAMP.mostBytes();
  }

  /** Writes the fields of a structured argument. */
  void fields(StructuredArgument argument) {
    new Beans(this, values, json).fields(argument);
  }

  void fields(LogstashMarker marker) {
    new Beans(this, values, json).fields(marker);
  }

  /** Writes a field of the event's own. */
  void field(String name, @Nullable Object value) {
    field(name, value, FIELD_PREFIX);
  }

  void field(String name, long value) {
    if (name(name, FIELD_PREFIX)) {
      number(value);
    }
  }

  void field(String name, double value) {
    if (name(name, FIELD_PREFIX)) {
      json.writeNumber(value);
      room -= SMALL_BYTES;
    }
  }

  /** Writes a field that was in MDC. */
  void contextField(String name, @Nullable Object value) {
    field(name, value, CONTEXT_PREFIX);
  }

  private void field(String name, @Nullable Object value, String prefix) {
    if (name(name, prefix)) {
      values.write(name, value);
    }
  }

  /** Writes the name of a field of the event's own; false if there is no room for the field. */
  boolean name(String name) {
    return name(name, FIELD_PREFIX);
  }

  private boolean name(String name, String prefix) {
    if (count == MOST_FIELDS || !hasRoom()) {
      omitted++;
      return false;
    }
    String free = free(fit(name, MOST_NAME_BYTES), prefix);
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
    }
    names[count++] = free;
    json.writeName(free);
    return true;
  }

  /** Writes a name within a structure; one that is taken there, perhaps only now that it is cut, is numbered. */
  void innerName(String name, Set<String> taken) {
    String fit = fit(name, MOST_NAME_BYTES);
    String free = fit;
    for (int number = 2; !taken.add(free); number++) {
      free = fit + "#" + number;
    }
    json.writeName(free);
  }

  /** Writes a text as a value, redacted, repaired and cut where needed. */
  void text(String text) {
    text(text, MOST_STRING_BYTES);
  }

  private void text(String text, int most) {
    json.writeString(fit(text, Math.min(most, Math.max(room, Text.CUT_BYTES))));
  }

  boolean isSecret(String name) {
    return redaction.isSecret(name);
  }

  void redacted() {
    json.writeString(Redaction.MARK);
  }

  /** Returns whether one more field, or one more element of a structure, may begin. */
  boolean hasRoom() {
    return room >= MOST_NAME_BYTES + EXACT_BYTES;
  }

  void nothing() {
    json.writeNull();
    room -= SMALL_BYTES;
  }

  void flag(boolean value) {
    json.writeBoolean(value);
    room -= SMALL_BYTES;
  }

  void number(long value) {
    json.writeNumber(value);
    room -= SMALL_BYTES;
  }

  /** Writes a number that is a double, a float, or exact and of bounded length. */
  void number(Number value) {
    if (value instanceof BigInteger exact) {
      json.writeNumber(exact);
    } else if (value instanceof BigDecimal exact) {
      json.writeNumber(exact);
    } else if (value instanceof Float) {
      json.writeNumber(value.floatValue());
    } else {
      json.writeNumber(value.doubleValue());
    }
    room -= EXACT_BYTES;
  }

  /** Ends the line's fields. */
  void end() {
    if (omitted > 0) {
      json.writeName(StandardField.FIELDS_OMITTED.key());
      json.writeNumber(omitted);
    }
  }

  private String fit(String text, int most) {
    boolean cut = text.length() > most;
    String fit = text.length() > most + LOOK_AHEAD ? text.substring(0, most + LOOK_AHEAD) : text;
    long measure = Text.measure(fit);
    if (cut || redaction.mayChange(fit, measure)) {
      fit = redaction.text(fit, Math.min(most, fit.length()));
      measure = Text.measure(fit);
    }
    if (Text.isMalformed(measure)) {
      fit = Text.repaired(fit);
      measure = Text.measure(fit);
    }
    if (cut || Text.bytes(measure) > most) {
      fit = Text.cut(fit, most);
      measure = Text.measure(fit);
    }
    room -= Text.bytes(measure) + PUNCTUATION_BYTES;
    return fit;
  }

  private String free(String name, String prefix) {
    String free = name.isEmpty() || StandardField.isReserved(name) ? prefix + name : name;
    while (isTaken(free)) {
      free = prefix + free;
    }
    return free;
  }

  private boolean isTaken(String name) {
    for (int at = 0; at < count; at++) {
      if (names[at].equals(name)) {
        return true;
      }
    }
    return false;
  }
}
