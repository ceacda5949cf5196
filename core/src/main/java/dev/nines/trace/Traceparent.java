package dev.nines.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
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

  private static final byte[] DIGITS = digits();

  private Traceparent() {}

  private static byte[] digits() {
    byte[] values = new byte[128];
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
    return header.length() - start < LENGTH || !isValid(header, start)
        ? null
        : header.substring(start, start + LENGTH);
  }

  /** Returns the trace's id of what {@link #parse} gave: 32 lower-case hexadecimal digits, not all zero. */
  public static String traceId(String parsed) {
    return parsed.substring(TRACE_ID, PARENT_ID - 1);
  }

  /** Returns the last 64 bits of the trace's id. */
  static long lowBits(String parsed) {
    return Long.parseUnsignedLong(parsed, LOW_BITS, PARENT_ID - 1, HEX);
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

  /** Returns the caller's span, as OpenTelemetry has it. */
  public static SpanContext caller(String parsed, TraceState state) {
    return SpanContext.createFromRemoteParent(
        traceId(parsed), parsed.substring(PARENT_ID, FLAGS - 1), flags(parsed), state);
  }

  private static boolean isValid(String header, int start) {
    return digits(header, start, start + TRACE_ID - 1) >= 0
        && !header.startsWith("ff", start)
        && isId(header, start + TRACE_ID, start + PARENT_ID - 1)
        && isId(header, start + PARENT_ID, start + FLAGS - 1)
        && digits(header, start + FLAGS, start + LENGTH) >= 0
        && endsWell(header, start);
  }

  /** A part is followed by a dash, each of them, but for the last one. */
  private static boolean isId(String header, int from, int to) {
    return header.charAt(from - 1) == '-'
        && header.charAt(to) == '-'
        && digits(header, from, to) > 0;
  }

  private static boolean endsWell(String header, int start) {
    int end = start + LENGTH;
    if (end < header.length() && header.charAt(end) == '-') {
      return !header.startsWith("00", start);
    }
    while (end < header.length() && isSpace(header.charAt(end))) {
      end++;
    }
    return end == header.length();
  }

  /**
   * Returns all bits of the digits' values together: negative if one is no digit, 0 if each is a zero. Every request comes here,
   * so there is neither a branch for each digit nor an end before the last.
   */
  private static int digits(String header, int from, int to) {
    int all = 0;
    for (int at = from; at < to; at++) {
      all |= digit(header.charAt(at));
    }
    return all;
  }

  /** Returns the value of a lower-case hexadecimal digit, negative if it is none. */
  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** Returns the header for calls of {@code span}, in version 00. */
  public static String format(SpanContext span) {
    int flags = span.getTraceFlags().asByte() & KNOWN_FLAGS;
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-0" + (char) ('0' + flags);
  }
}
