package dev.nines.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import org.jspecify.annotations.Nullable;

/**
 * The caller's place in a trace: {@code 00-<32 hex>-<16 hex>-<2 hex>}, lower case. Of a later version the same positions are
 * read, and what follows them after a dash is ignored.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero
 * @param flags sampled and random; bits that the specification reserves are zero
 * @see <a href="https://www.w3.org/TR/trace-context-2/#versioning-of-traceparent">Versioning of traceparent</a>
 */
record Traceparent(String traceId, String parentId, TraceFlags flags) {

  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int PARENT_ID = 36;
  private static final int FLAGS = 53;

  /** Sampled (1) and random trace id (2): the flags that version 00 knows; all others must be sent as zero. */
  private static final int KNOWN_FLAGS = 0x03;

  /** Returns what {@code header} says, white space around it aside, or null if it is not valid. */
  static @Nullable Traceparent parse(String header) {
    int start = 0;
    while (start < header.length() && isSpace(header.charAt(start))) {
      start++;
    }
    return header.length() - start < LENGTH || !isValid(header, start) ? null : at(header, start);
  }

  private static Traceparent at(String header, int start) {
    int flags = digit(header.charAt(start + FLAGS)) << 4 | digit(header.charAt(start + FLAGS + 1));
    return new Traceparent(
        header.substring(start + TRACE_ID, start + PARENT_ID - 1),
        header.substring(start + PARENT_ID, start + FLAGS - 1),
        TraceFlags.fromByte((byte) (flags & KNOWN_FLAGS)));
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
  static String format(SpanContext span) {
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
