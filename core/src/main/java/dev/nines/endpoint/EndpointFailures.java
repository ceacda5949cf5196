package dev.nines.endpoint;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
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
          Map.of("path", path, "failures", failures),
          failure));
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
}
