package dev.nines.metrics;

import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.CompletedCall;
import dev.nines.dependency.Guard;
import dev.nines.request.HttpMethod;
import dev.nines.telemetry.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The timers of the calls to one dependency. Thread-safe. */
final class DependencyTimers {

  private final String name;
  private final List<Duration> bounds;
  private final DurationTimers timers;
  private final StatusTimers[] byMethod;
  private final AtomicReferenceArray<Timer> byOutcome =
      new AtomicReferenceArray<>(CallOutcome.values().length);

  DependencyTimers(Guard guard, DurationTimers timers) {
    this.name = guard.name();
    this.bounds = guard.settings().latencyBounds();
    this.timers = timers;
    HttpMethod[] methods = HttpMethod.values();
    this.byMethod = new StatusTimers[methods.length];
    for (HttpMethod method : methods) {
      byMethod[method.ordinal()] = new StatusTimers((status, errorType) ->
          timers.timer(Metrics.CLIENT_DURATION, bounds, name, method.label(), status, errorType));
    }
  }

  void http(HttpMethod method, CompletedCall call, String errorType) {
    byMethod[method.ordinal()].record(call.status(), errorType, call.durationNanos());
  }

  void other(CompletedCall call) {
    int place = call.outcome().ordinal();
    Timer known = byOutcome.getAcquire(place);
    Timer timer = known != null ? known : add(place, call.outcome());
    timer.record(call.durationNanos(), TimeUnit.NANOSECONDS);
  }

  /** The registry gives two threads that come at once the same timer. */
  private Timer add(int place, CallOutcome outcome) {
    Timer added = timers.timer(Metrics.CALL_DURATION, bounds, name, outcome.label());
    byOutcome.setRelease(place, added);
    return added;
  }
}
