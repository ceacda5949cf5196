package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Tells what can't change any more, so that another thread may write it later as it is now, from what must be written, or
 * made into text, before the call returns: collections, arrays, objects of the user's own. Asked for each event; so the
 * commonest classes are compared first, and interfaces, which take longest, at last.
 */
final class Fixed {

  /** The weight of what may change. */
  static final int NOT = -1;

  /** Set in the weight of an event whose message must be put together now. */
  static final int MESSAGE_MAY_CHANGE = 1 << 30;

  /** The most characters that an event may hold on to; longer texts are encoded, and cut, at once. */
  static final int MOST_CHARACTERS = 16 * 1024;

  /** What an event and its parts take beside their texts, roughly. */
  private static final int EVENT_BYTES = 384;

  private static final int MDC_ENTRY_BYTES = 64;
  private static final int STACK_TRACE_BYTES = 8 * 1024;

  private Fixed() {}

  /**
   * Returns about how many bytes the event holds on to, perhaps with {@link #MESSAGE_MAY_CHANGE}; {@link #NOT} if more of it
   * than its message may change.
   */
  static int weigh(ILoggingEvent event) {
    if (event.getClass() != LoggingEvent.class || event.getMarkerList() != null) {
      return NOT;
    }
    String message = event.getMessage();
    int texts = plus(weigh(event.getKeyValuePairs()), message);
    int arguments = weighArguments(event.getArgumentArray());
    int held = texts + (arguments & ~MESSAGE_MAY_CHANGE);
    if (texts < 0 || arguments < 0 || held > MOST_CHARACTERS) {
      return NOT;
    }
    return held
        + EVENT_BYTES
        + MDC_ENTRY_BYTES * event.getMDCPropertyMap().size()
        + (event.getThrowableProxy() == null ? 0 : STACK_TRACE_BYTES)
        + (arguments & MESSAGE_MAY_CHANGE);
  }

  private static int weigh(@Nullable List<KeyValuePair> pairs) {
    int count = pairs == null ? 0 : pairs.size();
    int sum = 0;
    for (int at = 0; at < count; at++) {
      KeyValuePair pair = pairs.get(at);
      sum = plus(plus(sum, pair.key), pair.value);
    }
    return sum;
  }

  /** Returns what arguments weigh that are words of the message, fixed or not, and structured ones, which must be fixed. */
  private static int weighArguments(Object @Nullable [] arguments) {
    if (arguments == null) {
      return 0;
    }
    FieldProbe probe = null;
    int sum = 0;
    int change = 0;
    for (Object argument : arguments) {
      boolean known = FieldProbe.canRead(argument);
      probe = known && probe == null ? new FieldProbe() : probe;
      int weight = weigh(known ? probe.read(argument).fieldValue() : argument);
      if (weight < 0) {
        if (argument instanceof StructuredArgument) {
          return NOT;
        }
        change = MESSAGE_MAY_CHANGE;
        weight = 0;
      }
      sum = Math.min(sum + weight, MOST_CHARACTERS + 1);
    }
    return sum | change;
  }

  /** Returns the sum of weights; {@link #NOT} if either is, or if the sum is too big. */
  static int plus(int sum, @Nullable Object value) {
    int weight = weigh(value);
    return sum < 0 || weight < 0 || weight > MOST_CHARACTERS - sum ? NOT : sum + weight;
  }

  /** Returns the characters that {@code value} holds; {@link #NOT} if it may read otherwise later. */
  static int weigh(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    Class<?> type = value.getClass();
    if (type == String.class) {
      return ((String) value).length();
    }
    if (isPlain(type)) {
      return 0;
    }
    return value instanceof LineFields fields ? fields.weight() : weighOther(value, type);
  }

  /** Returns whether it is of one of the classes that most values are of; takes less time than to ask for an interface. */
  static boolean isPlain(@Nullable Object value) {
    return value == null || value.getClass() == String.class || isPlain(value.getClass());
  }

  private static boolean isPlain(Class<?> type) {
    return type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Boolean.class;
  }

  private static int weighOther(Object value, Class<?> type) {
    boolean fixed = value instanceof Enum<?>
        || type == UUID.class
        || type == BigDecimal.class
        || type == BigInteger.class
        || type == Float.class
        || type == Short.class
        || type == Byte.class
        || type == Character.class
        || type.getPackageName().equals("java.time");
    return fixed ? 0 : NOT;
  }
}
