package dev.nines.logging;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Collects the fields of an event as they are now, instead of writing them: whatever could change until the line is written
 * becomes a text, or JSON. Texts are cut to what a line can show of them.
 */
final class DebugFields extends Fields {

  private static final int MOST_TEXT = Line.MOST_STRING_BYTES + Line.LOOK_AHEAD;

  private final List<KeyValuePair> pairs = new ArrayList<>();
  private final JsonMapper mapper;
  private final Redaction redaction;
  private int bytes;

  DebugFields(JsonMapper mapper, Redaction redaction) {
    this.mapper = mapper;
    this.redaction = redaction;
  }

  List<KeyValuePair> pairs() {
    return pairs;
  }

  /** Returns about how much memory they take. */
  int bytes() {
    return bytes;
  }

  @Override
  void users(String name, @Nullable Object value, String prefix) {
    if (pairs.size() < MOST_FIELDS) {
      Object fixed = fixed(name, value);
      pairs.add(new KeyValuePair(name, fixed));
      bytes += DebugEvent.OBJECT_BYTES + DebugEvent.bytesOf(name) + bytesOf(fixed);
    }
  }

  private static int bytesOf(@Nullable Object fixed) {
    return fixed instanceof String text
        ? DebugEvent.bytesOf(text)
        : fixed instanceof RawJson raw ? DebugEvent.bytesOf(raw.json()) : DebugEvent.OBJECT_BYTES;
  }

  /** Returns the value of a field of that name as it is now. */
  @Nullable
  Object fixed(String name, @Nullable Object value) {
    if (value == null || isImmutable(value)) {
      return value;
    }
    if (value instanceof Number number && !(value instanceof BigInteger)) {
      return isWhole(number) ? (Object) number.longValue() : cut(Values.string(number));
    }
    return Values.isStructure(value) ? json(name, value) : cut(Values.single(value));
  }

  private static boolean isImmutable(Object value) {
    return value instanceof String text && text.length() <= MOST_TEXT
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof BigDecimal
        || value instanceof BigInteger;
  }

  private static boolean isWhole(Number number) {
    return number instanceof AtomicInteger
        || number instanceof AtomicLong
        || number instanceof LongAdder
        || number instanceof Short
        || number instanceof Byte;
  }

  private static String cut(String text) {
    return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
  }

  private RawJson json(String name, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = mapper.createGenerator(text)) {
      new Line(json, Layout.NINES, redaction).value(name, value);
    }
    return new RawJson(text.toString());
  }

  @Override
  void own(String name, @Nullable Object value) {
    users(name, value, Line.FIELD_PREFIX);
  }

  @Override
  void name(FieldKey key) {
    throw new IllegalStateException("standard fields are not collected");
  }

  @Override
  void end() {}
}
