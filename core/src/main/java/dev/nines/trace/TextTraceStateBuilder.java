package dev.nines.trace;

import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes a {@code tracestate} as the specification says: what is new or changed comes first, and the last member makes room.
 * Not thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#mutating-the-tracestate-field">Mutating the tracestate field</a>
 */
final class TextTraceStateBuilder implements TraceStateBuilder {

  private final List<String> members;

  TextTraceStateBuilder(String text) {
    members = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split(",")));
  }

  /** Ignores a key or a value that is not legal, as OpenTelemetry's builder does. */
  @Override
  public TraceStateBuilder put(String key, String value) {
    if (TraceStateSyntax.isKey(key, 0, key.length())
        && TraceStateSyntax.isValue(value, 0, value.length())) {
      remove(key);
      members.add(0, key + '=' + value);
      if (members.size() > TextTraceState.MAX_MEMBERS) {
        members.remove(TextTraceState.MAX_MEMBERS);
      }
    }
    return this;
  }

  @Override
  public TraceStateBuilder remove(String key) {
    String beginning = key + '=';
    members.removeIf(member -> member.startsWith(beginning));
    return this;
  }

  @Override
  public TraceState build() {
    return members.isEmpty()
        ? TraceState.getDefault()
        : new TextTraceState(String.join(",", members), members.size());
  }
}
