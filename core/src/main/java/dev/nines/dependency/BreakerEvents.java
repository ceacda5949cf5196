package dev.nines.dependency;

import dev.nines.dependency.CallHistory.Reason;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tells of a breaker's changes. They are written down under the breaker's lock, so in their order, and delivered after it,
 * so that a slow listener holds up no call but the one that caused the change.
 *
 * <p>Thread-safe.
 */
final class BreakerEvents {

  private final String dependency;
  private final EventBus bus;
  private final Queue<Event> pending = new ConcurrentLinkedQueue<>();

  BreakerEvents(String dependency, EventBus bus) {
    this.dependency = dependency;
    this.bus = bus;
  }

  void opened(Reason reason, Duration wait) {
    String what = reason.cause().equals("slow_calls") ? "slow" : "bad";
    pending.add(new Event(
        "breaker_opened",
        Level.WARNING,
        "The breaker of " + dependency + " opened: " + reason.bad() + " of " + reason.calls()
            + " calls were " + what + "; the next try is in " + Millis.format(wait),
        Map.of(
            "dependency", dependency,
            "cause", reason.cause(),
            "bad_calls", reason.bad(),
            "calls", reason.calls(),
            "bad_ratio", (double) reason.bad() / reason.calls(),
            "window_seconds", reason.windowSeconds(),
            "wait_ms", wait.toMillis())));
  }

  void halfOpen(int calls) {
    pending.add(new Event(
        "breaker_half_open",
        Level.INFO,
        "The breaker of " + dependency + " lets up to " + calls + " calls through to see",
        Map.of("dependency", dependency, "permitted_calls", calls)));
  }

  void closed(Duration broken) {
    pending.add(new Event(
        "breaker_closed",
        Level.INFO,
        "The breaker of " + dependency + " closed after " + Millis.format(broken),
        Map.of("dependency", dependency, "broken_ms", broken.toMillis())));
  }

  /** Publishes what was written down, without a lock held. */
  void deliver() {
    for (Event event = pending.poll(); event != null; event = pending.poll()) {
      bus.publish(event);
    }
  }
}
