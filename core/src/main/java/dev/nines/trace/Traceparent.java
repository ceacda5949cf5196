package dev.nines.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
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

  private Traceparent() {}

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
    return isHex(header, start, start + TRACE_ID - 1)
        && !header.startsWith("ff", start)
        && isId(header, start + TRACE_ID, start + PARENT_ID - 1)
        && isId(header, start + PARENT_ID, start + FLAGS - 1)
        && isHex(header, start + FLAGS, start + LENGTH)
        && endsWell(header, start);
  }

  /** A part is followed by a dash, each of them, but for the last one. */
  private static boolean isId(String header, int from, int to) {
    return header.charAt(from - 1) == '-'
        && header.charAt(to) == '-'
        && isHex(header, from, to)
        && !isZero(header, from, to);
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

  private static boolean isHex(String header, int from, int to) {
    int at = from;
    while (at < to && digit(header.charAt(at)) >= 0) {
      at++;
    }
    return at == to;
  }

  private static boolean isZero(String header, int from, int to) {
    int at = from;
    while (at < to && header.charAt(at) == '0') {
      at++;
    }
    return at == to;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** Returns the header for calls of {@code span}, in version 00. */
  public static String format(SpanContext span) {
    int flags = span.getTraceFlags().asByte() & KNOWN_FLAGS;
    return new StringBuilder(LENGTH)
        .append("00-")
        .append(span.getTraceId())
        .append('-')
        .append(span.getSpanId())
        .append("-0")
        .append((char) ('0' + flags))
        .toString();
  }
}
