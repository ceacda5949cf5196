package dev.nines.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The caller's place in a trace: {@code 00-<32 hex>-<16 hex>-<2 hex>}, lower case. Of a later version the same positions are
 * read, and what follows them after a dash is ignored.
 *
 * <p>It is kept as the text in which it came, since most requests ask for no part of it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#versioning-of-traceparent">Versioning of traceparent</a>
 */
public final class Traceparent {

  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int LOW_BITS = 19;
  private static final int PARENT_ID = 36;
  private static final int FLAGS = 53;
  private static final int HEX = 16;

  private static final int SAMPLED = 0x01;
  private static final int RANDOM = 0x02;

  /** The flags that version 00 knows; all others must be sent as zero. */
  private static final int KNOWN_FLAGS = SAMPLED | RANDOM;

  /** The value of each character there is: 64 KB, for 10 ns of each request that no comparison with a table's end takes. */
  private static final byte[] DIGITS = digits();

  /**
   * The characters of the header that a thread reads or writes: {@link String#charAt} asks for each of them how its text is kept.
   */
  private static final ThreadLocal<char[]> COPY = ThreadLocal.withInitial(() -> new char[LENGTH]);

  private Traceparent() {}

  private static byte[] digits() {
    byte[] values = new byte[Character.MAX_VALUE + 1];
    Arrays.fill(values, (byte) -1);
    for (byte value = 0; value < HEX; value++) {
      values[Character.forDigit(value, HEX)] = value;
    }
    return values;
  }

  /** Returns the part of {@code header} that counts, without white space around it, or null if it is not valid. */
  static @Nullable String parse(String header) {
    int start = 0;
    while (start < header.length() && isSpace(header.charAt(start))) {
      start++;
    }
    String trimmed = header.substring(start);
    return trimmed.length() < LENGTH || !isValid(trimmed) || !endsWell(trimmed)
        ? null
        : trimmed.substring(0, LENGTH);
  }

  /** Returns the trace's id of what {@link #parse} gave: 32 lower-case hexadecimal digits, not all zero. */
  public static String traceId(String parsed) {
    return parsed.substring(TRACE_ID, PARENT_ID - 1);
  }

  /** Returns the id of the caller's span: 16 lower-case hexadecimal digits, not all zero. */
  static String parentId(String parsed) {
    return parsed.substring(PARENT_ID, FLAGS - 1);
  }

  /** Returns the last 64 bits of the trace's id. */
  static long lowBits(String parsed) {
    return Long.parseUnsignedLong(parsed, LOW_BITS, PARENT_ID - 1, HEX);
  }

  /** Returns whether the caller sampled the trace. */
  static boolean isSampled(String parsed) {
    return (digit(parsed.charAt(LENGTH - 1)) & SAMPLED) != 0;
  }

  /** Returns the caller's flags, sampled and random; bits that the specification reserves are zero. */
  static TraceFlags flags(String parsed) {
    int flags = digit(parsed.charAt(FLAGS)) << 4 | digit(parsed.charAt(FLAGS + 1));
    return TraceFlags.fromByte((byte) (flags & KNOWN_FLAGS));
  }

  /**
   * Returns the flags of a span below what {@link #parse} gave.
   *
   * @param parsed null for one that begins a trace, whose id is random then
   */
  public static TraceFlags flags(@Nullable String parsed, boolean sampled) {
    int random = parsed == null ? RANDOM : flags(parsed).asByte() & RANDOM;
    return TraceFlags.fromByte((byte) (random | (sampled ? SAMPLED : 0)));
  }

  /** Every request comes here: no branch for a digit, no end before the last, and no place that the compiler does not know. */
  private static boolean isValid(String header) {
    char[] copy = COPY.get();
    header.getChars(0, LENGTH, copy, 0);
    int traceId = 0;
    for (int at = TRACE_ID; at < PARENT_ID - 1; at++) {
      traceId |= digit(copy[at]);
    }
    int parentId = 0;
    for (int at = PARENT_ID; at < FLAGS - 1; at++) {
      parentId |= digit(copy[at]);
    }
    int others = digit(copy[0]) | digit(copy[1]) | digit(copy[FLAGS]) | digit(copy[FLAGS + 1]);
    return others >= 0
        && traceId > 0 // negative with anything but digits, zero with nothing but zeros
        && parentId > 0
        && copy[TRACE_ID - 1] == '-'
        && copy[PARENT_ID - 1] == '-'
        && copy[FLAGS - 1] == '-'
        && !header.startsWith("ff");
  }

  private static boolean endsWell(String header) {
    if (header.length() > LENGTH && header.charAt(LENGTH) == '-') {
      return !header.startsWith("00");
    }
    int end = LENGTH;
    while (end < header.length() && isSpace(header.charAt(end))) {
      end++;
    }
    return end == header.length();
  }

  /** Returns the value of a lower-case hexadecimal digit, negative if it is none. */
  private static int digit(char c) {
    return DIGITS[c];
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** Returns the header for calls of {@code span}, in version 00. */
  public static String format(SpanContext span) {
    String traceId = span.getTraceId();
    String spanId = span.getSpanId();
    int flags = span.getTraceFlags().asByte() & KNOWN_FLAGS;
    char[] header = COPY.get();
    header[0] = '0';
    header[1] = '0';
    header[TRACE_ID - 1] = '-';
    traceId.getChars(0, PARENT_ID - 1 - TRACE_ID, header, TRACE_ID);
    header[PARENT_ID - 1] = '-';
    spanId.getChars(0, FLAGS - 1 - PARENT_ID, header, PARENT_ID);
    header[FLAGS - 1] = '-';
    header[FLAGS] = '0';
    header[FLAGS + 1] = (char) ('0' + flags);
    return new String(header);
  }
}
