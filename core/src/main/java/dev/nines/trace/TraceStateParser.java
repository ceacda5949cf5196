package dev.nines.trace;

import io.opentelemetry.api.trace.TraceState;
import java.util.Iterator;

/**
 * Reads {@code tracestate}: all its lines are one list, in their order. White space around members and empty members mean
 * nothing; of members with one key the first counts, for it is the newest; anything else that is not legal, or a member too
 * many, makes the whole list none.
 *
 * <p>One object for one header; not thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#tracestate-header-field-values">tracestate header field values</a>
 */
final class TraceStateParser {

  /** The longest list of 32 members that the grammar allows; longer ones are padded, and not read at all. */
  static final int MAX_LENGTH =
      TextTraceState.MAX_MEMBERS * (2 * TraceStateSyntax.MAX_LENGTH + 1 + 1) - 1;

  private final String header;
  private final int[] keys = new int[TextTraceState.MAX_MEMBERS];
  private int size;

  /** Whether something of the header is not taken over. */
  private boolean left;

  private TraceStateParser(String header) {
    this.header = header;
  }

  /** Returns what the lines say, or the empty state. */
  static TraceState parse(Iterator<String> lines) {
    String header = joined(lines);
    return header.isEmpty() || header.length() > MAX_LENGTH
        ? TraceState.getDefault()
        : new TraceStateParser(header).parse();
  }

  private static String joined(Iterator<String> lines) {
    String first = lines.hasNext() ? lines.next() : "";
    if (!lines.hasNext()) {
      return first;
    }
    StringBuilder all = new StringBuilder(first);
    while (lines.hasNext() && all.length() <= MAX_LENGTH) {
      all.append(',').append(lines.next());
    }
    return all.toString();
  }

  private TraceState parse() {
    for (int from = 0; from <= header.length(); ) {
      int end = TextTraceState.endOf(header, from);
      if (!member(from, end)) {
        return TraceState.getDefault();
      }
      from = end + 1;
    }
    return size == 0 ? TraceState.getDefault() : new TextTraceState(canonical(), size);
  }

  private boolean member(int from, int end) {
    int first = from;
    while (first < end && Traceparent.isSpace(header.charAt(first))) {
      first++;
    }
    int last = trimmed(header, first, end);
    left |= first != from || last != end || first == last;
    return first == last || accept(first, last);
  }

  private boolean accept(int from, int end) {
    int equals = header.indexOf('=', from);
    if (equals < 0
        || !TraceStateSyntax.isKey(header, from, equals)
        || !TraceStateSyntax.isValue(header, equals + 1, end)) {
      return false;
    }
    if (isKnown(from, equals + 1 - from)) {
      left = true;
      return true;
    }
    return add(from);
  }

  private boolean add(int key) {
    if (size == keys.length) {
      return false;
    }
    keys[size++] = key;
    return true;
  }

  /** Compares with the equals sign, so that no key is taken for a longer one's beginning. */
  private boolean isKnown(int key, int length) {
    for (int i = 0; i < size; i++) {
      if (header.regionMatches(keys[i], header, key, length)) {
        return true;
      }
    }
    return false;
  }

  private String canonical() {
    if (!left) {
      return header;
    }
    StringBuilder text = new StringBuilder(header.length());
    for (int i = 0; i < size; i++) {
      int end = TextTraceState.endOf(header, keys[i]);
      text.append(i == 0 ? "" : ",").append(header, keys[i], trimmed(header, keys[i], end));
    }
    return text.toString();
  }

  private static int trimmed(String header, int from, int end) {
    int last = end;
    while (last > from && Traceparent.isSpace(header.charAt(last - 1))) {
      last--;
    }
    return last;
  }
}
