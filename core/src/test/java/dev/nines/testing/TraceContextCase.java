package dev.nines.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sends, and what a service that was called so must send on.
 *
 * @param name the rule, as a sentence
 * @param headers lines of the request, {@code name: value}
 * @param continued whether the caller's trace goes on
 * @param flags the flags that go out, or null where a new trace chooses its own
 * @param tracestate the value that goes out, empty for none
 * @param refusable whether a server may refuse the request before anyone sees it
 */
public record TraceContextCase(
    String name,
    List<String> headers,
    boolean continued,
    @Nullable String flags,
    String tracestate,
    boolean refusable) {

  public static final String TRACE_ID = "12345678901234567890123456789012";
  public static final String PARENT_ID = "1234567890123456";
  public static final String TRACEPARENT = "traceparent: 00-" + TRACE_ID + "-" + PARENT_ID + "-00";

  /** A {@code traceparent} that is valid. */
  static TraceContextCase goesOn(String name, String traceparent, String flags) {
    return new TraceContextCase(name, List.of(traceparent), true, flags, "", false);
  }

  /** A request whose trace is not taken over, and its {@code tracestate} neither. */
  static TraceContextCase startsAnew(String name, String... headers) {
    return new TraceContextCase(name, List.of(headers), false, null, "", false);
  }

  /** Lines beside a {@code traceparent} that is valid. */
  static TraceContextCase state(String name, String tracestate, String... lines) {
    return new TraceContextCase(
        name,
        Stream.concat(Stream.of(TRACEPARENT), Stream.of(lines)).toList(),
        true,
        "00",
        tracestate,
        false);
  }

  TraceContextCase orRefused() {
    return new TraceContextCase(name, headers, continued, flags, tracestate, true);
  }

  /** Returns the request that has these headers. */
  public String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + headers.stream().map(line -> line + "\r\n").collect(Collectors.joining())
        + "\r\n";
  }

  /** Returns the values of the lines called so, in any case. */
  public List<String> values(String header) {
    return headers.stream()
        .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(header))
        .map(line -> line.substring(line.indexOf(':') + 1))
        .toList();
  }

  /** Checks what went out. */
  public void verify(Map<String, String> sent) {
    String traceparent = sent.get("traceparent");
    assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
    assertThat(traceparent.substring(3, 35).equals(TRACE_ID)).isEqualTo(continued);
    assertThat(traceparent.substring(36, 52)).isNotEqualTo(PARENT_ID);
    if (flags != null) {
      assertThat(traceparent.substring(53)).isEqualTo(flags);
    }
    assertThat(sent.getOrDefault("tracestate", "")).isEqualTo(tracestate);
  }

  @Override
  public String toString() {
    return name;
  }
}
