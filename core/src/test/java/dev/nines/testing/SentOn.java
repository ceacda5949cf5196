package dev.nines.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a handler would send to the next service; it answers with it. */
public final class SentOn {

  private static final String BEGIN = "sent on\n";

  private SentOn() {}

  /** Returns the headers that a call would carry now, one a line. */
  public static String now() {
    Map<String, String> headers = new TreeMap<>();
    Tracing.using(OpenTelemetry.noop())
        .propagator()
        .inject(Context.current(), headers, (map, name, value) -> {
          if (map != null) {
            map.put(name, value);
          }
        });
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining("", BEGIN, ""));
  }

  public static void verify(TraceContextCase rule, String answer) {
    int status = RawClient.statusOf(answer);
    if (status != 200) {
      assertThat(rule.refusable()).as(answer).isTrue();
      assertThat(status).isIn(400, 431);
      return;
    }
    Map<String, String> sent = new HashMap<>();
    answer.substring(answer.indexOf(BEGIN) + BEGIN.length()).lines().forEach(line -> {
      int colon = line.indexOf(':');
      sent.put(line.substring(0, colon), line.substring(colon + 1));
    });
    rule.verify(sent);
  }
}
