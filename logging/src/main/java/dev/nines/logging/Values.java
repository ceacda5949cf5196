package dev.nines.logging;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Writes any value into a line. What the platform defines is written here, a user's own type through {@link Beans}. A value
 * that fails, contains itself or is too deep becomes a marked text, and the line survives: {@link #write(Object)} never
 * throws what a value threw.
 */
final class Values {

  /** Deeper structures are for databases, not for lines. */
  private static final int MOST_DEPTH = 16;

  /** Longer numbers, of some 77 digits, are written as texts: readers would round them. */
  private static final int MOST_NUMBER_BITS = 256;

  /** Beyond this, a reader that expands the number would be at work for long. */
  private static final int MOST_SCALE = 400;

  /** The name in a structure under which stands that something is missing. */
  private static final String INCOMPLETE = "_incomplete";

  private static final Object[] NONE = {};

  private final Line line;
  private final JsonGenerator json;
  private @Nullable Object[] parents = NONE;
  private int depth;

  Values(Line line, JsonGenerator json) {
    this.line = line;
    this.json = json;
  }

  /** Returns {@code value} as text; a marked one when its {@code toString} fails. */
  static String string(@Nullable Object value) {
    try {
      return String.valueOf(String.valueOf(value));
    } catch (Throwable e) { // whatever a user's code throws, it must not cost the event
      return failed(value, e);
    }
  }

  static String messageOf(Throwable thrown) {
    try {
      return String.valueOf(thrown.getMessage());
    } catch (Throwable e) { // as above
      return failed(thrown, e);
    }
  }

  static String failed(@Nullable Object value, Throwable failure) {
    String type = value == null ? "null" : value.getClass().getName();
    return "[FAILED " + type + ": " + failure.getClass().getName() + "]";
  }

  /** Returns whether {@code value} is written as an object or an array, not as a single value. */
  static boolean isStructure(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return isStructure(optional.orElse(null));
    }
    return !(value == null
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof byte[]
        || value instanceof char[]
        || value instanceof Enum<?>
        || isPlatform(value) && !isPlatformStructure(value));
  }

  private static boolean isPlatformStructure(Object value) {
    return value instanceof Map<?, ?>
        || value instanceof Collection<?>
        || value.getClass().isArray();
  }

  /** Returns the text of what is no structure. */
  static String single(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return single(optional.orElse(null));
    }
    if (value instanceof char[] characters) {
      return textOf(characters);
    }
    return value instanceof byte[] bytes ? textOf(bytes) : string(value);
  }

  private static String textOf(char[] characters) {
    return new String(characters, 0, Math.min(characters.length, Line.MOST_BYTES));
  }

  private static String textOf(byte[] bytes) {
    return "[" + bytes.length + " bytes]";
  }

  /** Writes the value of a field whose name has been written. */
  void write(String name, @Nullable Object value) {
    if (value != null && line.isSecret(name)) {
      line.redacted();
    } else {
      write(value);
    }
  }

  void write(@Nullable Object value) {
    if (value instanceof String text) {
      line.text(text);
    } else if (value == null) {
      line.nothing();
    } else if (value instanceof Boolean flag) {
      line.flag(flag);
    } else if (!(value instanceof Number number && writeNumber(number))) {
      writeOther(value);
    }
  }

  private boolean writeNumber(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong
        || number instanceof LongAdder) {
      writeLong(number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      writeUnlessCard(number);
    } else if (number instanceof BigInteger big && big.bitLength() < Long.SIZE) {
      writeLong(big.longValue());
    } else if (number instanceof BigInteger big && big.bitLength() <= MOST_NUMBER_BITS) {
      line.number(big);
    } else if (number instanceof BigDecimal exact
        && exact.unscaledValue().bitLength() <= MOST_NUMBER_BITS
        && Math.abs((long) exact.scale()) <= MOST_SCALE) {
      writeUnlessCard(exact);
    } else {
      return false;
    }
    return true;
  }

  /** Writes a number that may have a fraction; a card's with a fraction of zeros is one all the same. */
  private void writeUnlessCard(Number number) {
    if (CardNumbers.isCard(number.longValue())) {
      line.redacted();
    } else {
      line.number(number);
    }
  }

  private void writeLong(long number) {
    if (CardNumbers.isCard(number)) {
      line.redacted();
    } else {
      line.number(number);
    }
  }

  private void writeOther(Object value) {
    if (value instanceof Excerpt excerpt) {
      line.text(excerpt);
    } else if (value instanceof RawJson raw) {
      new Beans(line, this, json).copyRaw(raw.json());
    } else if (value instanceof TokenBuffer tokens) {
      new Beans(line, this, json).copyValue(tokens);
    } else if (value instanceof Map<?, ?> map) {
      if (enter(map)) {
        writeMap(map);
        depth--;
      }
    } else if (value instanceof Collection<?> elements) {
      if (enter(elements)) {
        writeElements(elements);
        depth--;
      }
    } else if (value.getClass().isArray()) {
      if (enter(value)) {
        writeArray(value);
        depth--;
      }
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null));
    } else if (value instanceof Enum<?> || isPlatform(value)) {
      line.text(string(value));
    } else if (enter(value)) {
      new Beans(line, this, json).write(value);
      depth--;
    }
  }

  /** Begins a structure; where it may not begin, writes why. */
  private boolean enter(Object structure) {
    for (int at = 0; at < depth; at++) {
      if (parents[at] == structure) {
        line.text("[contains itself]");
        return false;
      }
    }
    if (depth == MOST_DEPTH) {
      line.text("[too deep]");
      return false;
    }
    if (depth == parents.length) {
      parents = Arrays.copyOf(parents, MOST_DEPTH);
    }
    parents[depth++] = structure;
    return true;
  }

  private void writeMap(Map<?, ?> map) {
    json.writeStartObject();
    Set<String> names = new HashSet<>();
    String incomplete = null;
    try {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!line.hasRoom()) {
          incomplete = Text.CUT;
          break;
        }
        String name = string(entry.getKey());
        Object value = entry.getValue();
        line.innerName(name, names);
        write(name, value);
      }
    } catch (Throwable e) { // another thread changes the map, or its entries fail
      incomplete = failed(map, e);
    }
    if (incomplete != null) {
      line.innerName(INCOMPLETE, names);
      line.text(incomplete);
    }
    json.writeEndObject();
  }

  private void writeElements(Iterable<?> elements) {
    json.writeStartArray();
    try {
      for (Object element : elements) {
        if (!line.hasRoom()) {
          line.text(Text.CUT);
          break;
        }
        write(element);
      }
    } catch (Throwable e) { // as above
      line.text(failed(elements, e));
    }
    json.writeEndArray();
  }

  private void writeArray(Object array) {
    if (array instanceof char[] characters) {
      line.text(textOf(characters));
      return;
    }
    if (array instanceof byte[] bytes) {
      line.text(textOf(bytes));
      return;
    }
    json.writeStartArray();
    for (int at = 0; at < Array.getLength(array); at++) {
      if (!line.hasRoom()) {
        line.text(Text.CUT);
        break;
      }
      write(Array.get(array, at));
    }
    json.writeEndArray();
  }

  /** Returns whether the JDK defines the type: its {@code toString} says more than its getters, and opens nothing. */
  private static boolean isPlatform(Object value) {
    ClassLoader loader = value.getClass().getClassLoader();
    return loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || value instanceof CharSequence
        || value instanceof java.nio.file.Path
        || value instanceof Throwable;
  }
}
