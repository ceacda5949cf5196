package dev.nines.trace;

import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tracestate} kept as the text in which it travels, for most services hand it on and never look. OpenTelemetry's own
 * holds each key and value apart, and silently drops legal keys such as {@code foo@}.
 *
 * <p>Immutable and thread-safe.
 */
final class TextTraceState implements TraceState {

  /**
   * Members at most.
   *
   * @see <a href="https://www.w3.org/TR/trace-context-2/#tracestate-header-field-values">tracestate header field values</a>
   */
  static final int MAX_MEMBERS = 32;

  /**
   * Characters that are handed on at most: what the specification asks everyone to carry. More, which any client may send,
   * would be a burden on every service behind this one.
   *
   * @see <a href="https://www.w3.org/TR/trace-context-2/#tracestate-limits">tracestate limits</a>
   */
  static final int MAX_HEADER = 512;

  /** A member longer than this is the first to go. */
  private static final int LARGE_MEMBER = 128;

  private final String text;
  private final int size;

  /** Takes {@code size} legal members, different in their keys, joined by commas without white space. */
  TextTraceState(String text, int size) {
    this.text = text;
    this.size = size;
  }

  /** Returns {@code state} itself, or what is legal of another implementation's. */
  static TextTraceState of(TraceState state) {
    if (state instanceof TextTraceState own) {
      return own;
    }
    StringBuilder text = new StringBuilder();
    state.forEach((key, value) -> text.append(key).append('=').append(value).append(','));
    return TraceStateParser.parse(List.of(text.toString()).iterator()) instanceof TextTraceState own
        ? own
        : new TextTraceState("", 0);
  }

  /** Returns where the member that begins at {@code from} ends. */
  static int endOf(String text, int from) {
    int comma = text.indexOf(',', from);
    return comma < 0 ? text.length() : comma;
  }

  /** Returns the header's value: whole members of at most {@value #MAX_HEADER} characters in all. */
  String header() {
    return text.length() <= MAX_HEADER ? text : shortened();
  }

  private String shortened() {
    StringBuilder left = new StringBuilder(text);
    for (int end = left.length(); end > 0 && left.length() > MAX_HEADER; ) {
      int comma = left.lastIndexOf(",", end - 1);
      if (end - comma - 1 > LARGE_MEMBER) {
        left.delete(Math.max(comma, 0), comma < 0 ? Math.min(end + 1, left.length()) : end);
      }
      end = comma;
    }
    if (left.length() > MAX_HEADER) {
      left.setLength(Math.max(left.lastIndexOf(",", MAX_HEADER), 0));
    }
    return left.toString();
  }

  @Override
  public @Nullable String get(String key) {
    for (int from = 0, end; from < text.length(); from = end + 1) {
      end = endOf(text, from);
      int equals = text.indexOf('=', from);
      if (equals - from == key.length() && text.startsWith(key, from)) {
        return text.substring(equals + 1, end);
      }
    }
    return null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void forEach(BiConsumer<String, String> consumer) {
    for (int from = 0, end; from < text.length(); from = end + 1) {
      end = endOf(text, from);
      int equals = text.indexOf('=', from);
      consumer.accept(text.substring(from, equals), text.substring(equals + 1, end));
    }
  }

  @Override
  public Map<String, String> asMap() {
    Map<String, String> members = new LinkedHashMap<>();
    forEach(members::put);
    return Collections.unmodifiableMap(members);
  }

  @Override
  public TraceStateBuilder toBuilder() {
    return new TextTraceStateBuilder(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextTraceState state && state.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
