package dev.nines.endpoint;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Tells of an endpoint's failures without flooding: the first at once, then a sum at most once a minute. */
final class EndpointFailures {

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final String path;
  private final EventBus events;
  private final TimeSource time;
  private long untold;
  private long lastTold;
  private boolean toldOnce;

  EndpointFailures(String path, EventBus events, TimeSource time) {
    this.path = path;
    this.events = events;
    this.time = time;
  }

  void report(Throwable failure) {
    long failures = due();
    if (failures > 0) {
      events.publish(new Event(
          "endpoint_failed",
          System.Logger.Level.WARNING,
          "The endpoint " + path + " failed and answered 500",
          fields(failure, failures)));
    }
  }

  private synchronized long due() {
    untold++;
    long now = time.nanos();
    if (toldOnce && now - lastTold < PAUSE_NANOS) {
      return 0;
    }
    toldOnce = true;
    lastTold = now;
    long failures = untold;
    untold = 0;
    return failures;
  }

  /** The type and the place, but not the message: it may hold what must not be logged. */
  private Map<String, Object> fields(Throwable failure, long failures) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("path", path);
    fields.put("failures", failures);
    fields.put("error_type", failure.getClass().getName());
    StackTraceElement[] stack = failure.getStackTrace();
    if (stack.length > 0) {
      fields.put("error_at", stack[0].toString());
    }
    return fields;
  }
}
