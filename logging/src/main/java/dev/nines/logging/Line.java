package dev.nines.logging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
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

  private static final int MOST_NAME_BYTES = 128;

  /** Standard fields that may take more hold a text of their own in each line. */
  private static final int MOST_FAMILIAR_BYTES = 512;

  static final int MOST_STRING_BYTES = 8 * 1024;

  /** Characters behind a cut that are read, for half a secret would be none by its shape. */
  static final int LOOK_AHEAD = 2048;

  /** Names of standard fields and of ours, braces, {@code fields_omitted}, the marks of structures that were cut, the line's end. */
  private static final int RESERVE = 2048;

  /** A long, a constant, and what stands around a value. */
  private static final int SMALL_BYTES = 24;

  /** The longest exact number that is written as one: its digits and its exponent. */
  private static final int EXACT_BYTES = 96;

  /** Quotes, colon and comma. */
  private static final int PUNCTUATION_BYTES = 4;

  private final JsonGenerator json;
  private final Layout layout;
  private final Redaction redaction;
  private final Values values;
  private final Fields fields;
  private int room = MOST_BYTES - RESERVE;

  Line(JsonGenerator json, Layout layout, Redaction redaction) {
    this.json = json;
    this.layout = layout;
    this.redaction = redaction;
    this.values = new Values(this, json);
    this.fields =
        layout == Layout.NINES ? new NinesFields(this, json) : new EcsFields(this, json, layout);
  }

  /** Makes one whose fields go elsewhere; its generator only tells how objects are written. */
  Line(JsonGenerator json, Fields fields, Redaction redaction) {
    this.json = json;
    this.layout = Layout.NINES;
    this.redaction = redaction;
    this.values = new Values(this, json);
    this.fields = fields;
  }

  Layout layout() {
    return layout;
  }

  /** Writes a standard field. */
  void standard(StandardField field, String value) {
    fields.name(field.key());
    if (field.mostBytes() > MOST_FAMILIAR_BYTES) {
      text(value, field.mostBytes());
    } else {
      recurring(value, field.mostBytes());
    }
  }

  private void recurring(String text, int most) {
    Familiar.Known known = redaction.familiar().of(text);
    if (known == null) {
      text(text, most);
    } else {
      json.writeString(known.written());
      room -= known.bytes() + PUNCTUATION_BYTES;
    }
  }

  /** Writes a standard field whose value needs no look: an enum's name, hexadecimal digits. */
  void plain(StandardField field, String value) {
    if (layout != Layout.NINES && field.isUnknownToEcs()) {
      own(field.label(), value);
      return;
    }
    fields.name(field.key());
    json.writeString(value);
    room -= field.mostBytes();
  }

  void timestamp(byte[] text) {
    fields.name(StandardField.TIMESTAMP.key());
    json.writeRawUTF8String(text, 0, text.length);
    room -= StandardField.TIMESTAMP.mostBytes();
  }

  /** Writes a field that only ECS has; not for {@link Layout#NINES}. */
  void ecs(EcsField field, String value) {
    fields.name(field.key());
    text(value);
  }

  void ecs(EcsField field, Excerpt value) {
    fields.name(field.key());
    text(value);
  }

  void ecs(EcsField field, List<String> value) {
    fields.name(field.key());
    values.write(value);
  }

  void ecs(EcsField field, long value) {
    fields.name(field.key());
    number(value);
  }

  /** Writes the fields of a structured argument. */
  void fields(StructuredArgument argument) {
    new Beans(this, values, json).fields(argument);
  }

  void fields(LogstashMarker marker) {
    new Beans(this, values, json).fields(marker);
  }

  /** Writes a field of ours that only this event has; in ECS under {@code nines}. */
  void own(String name, @Nullable Object value) {
    fields.own(name, value);
  }

  /** Writes a field of ours that only this kind of event has, before those of this event; in ECS under {@code nines}. */
  void own(OwnField field, @Nullable Object value) {
    fields.own(field, value);
  }

  void own(OwnField field, long value) {
    fields.own(field, value);
  }

  void thousandths(OwnField field, long value) {
    fields.thousandths(field, value);
  }

  /** Writes a field of the user's. */
  void field(String name, @Nullable Object value) {
    fields.users(name, value, FIELD_PREFIX);
  }

  /** Writes a field that was in MDC. */
  void contextField(String name, @Nullable Object value) {
    fields.users(name, value, CONTEXT_PREFIX);
  }

  /** Writes the value of a field whose name has been written. */
  void value(String name, @Nullable Object value) {
    values.write(name, value);
  }

  /** Writes the value of such a field of the service's own. */
  void ours(@Nullable Object value) {
    if (value instanceof String text) {
      recurring(text, MOST_STRING_BYTES);
    } else {
      values.write(value);
    }
  }

  /** Returns what of a name fits into a line. */
  String fitName(String name) {
    Familiar.Known known = redaction.familiar().of(name);
    if (known == null) {
      return fit(name, MOST_NAME_BYTES);
    }
    room -= known.bytes() + PUNCTUATION_BYTES;
    return known.clean();
  }

  /** Writes a name within a structure; one that is taken there, perhaps only now that it is cut, is numbered. */
  void innerName(String name, Set<String> taken) {
    json.writeName(freeName(name, taken));
  }

  /** Returns a name that fits and is not taken. */
  String freeName(String name, Set<String> taken) {
    String fit = fitName(name);
    String free = fit;
    for (int number = 2; !taken.add(free); number++) {
      free = fit + "#" + number;
    }
    return free;
  }

  /** Writes a text as a value, redacted, repaired and cut where needed. */
  void text(String text) {
    text(text, MOST_STRING_BYTES);
  }

  void text(Excerpt excerpt) {
    text(excerpt.text(), Excerpt.MOST_BYTES);
  }

  private void text(String text, int most) {
    json.writeString(fit(text, Math.min(most, Math.max(room, Text.CUT_BYTES))));
  }

  boolean isSecret(String name) {
    Familiar.Known known = redaction.familiar().of(name);
    return known == null ? redaction.isSecret(name) : known.secret();
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

  /** Writes a number of thousandths, not below zero, with at least one digit after the point, as a double reads. */
  void thousandths(long value) {
    char[] digits = new char[SMALL_BYTES];
    int end = digits.length;
    int at = end;
    long left = Math.max(0, value);
    for (int place = 0; place < 4 || left != 0; place++) {
      if (place == 3) {
        digits[--at] = '.';
      }
      digits[--at] = (char) ('0' + left % 10);
      left /= 10;
    }
    while (digits[end - 1] == '0' && digits[end - 2] != '.') {
      end--;
    }
    json.writeNumber(digits, at, end - at);
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
    fields.end();
  }

  private String fit(String text, int most) {
    boolean cut = text.length() > most;
    String fit = text.length() > most + LOOK_AHEAD ? text.substring(0, most + LOOK_AHEAD) : text;
    long measure = Text.measure(fit);
    if (cut || redaction.mayChange(fit, measure)) {
      String clean = redaction.text(fit, Math.min(most, fit.length()));
      measure = clean == fit ? measure : Text.measure(clean);
      fit = clean;
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
}
