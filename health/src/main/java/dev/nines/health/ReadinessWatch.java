package dev.nines.health;

import dev.nines.lifecycle.Lifecycle;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/** Sees readiness lost and won, and how long it was lost. Start and drain are no outages. Thread-safe. */
final class ReadinessWatch {

  private final Lifecycle lifecycle;
  private final TimeSource time;
  private final HealthEvents events;
  private final Supplier<String> reasons;

  // Guarded by this.
  private boolean ready;
  private boolean everReady;
  private long sinceNanos;

  private volatile double lastUnreadySeconds;

  /** @param reasons tells what stands against readiness now */
  ReadinessWatch(
      Lifecycle lifecycle, TimeSource time, HealthEvents events, Supplier<String> reasons) {
    this.lifecycle = lifecycle;
    this.time = time;
    this.events = events;
    this.reasons = reasons;
    this.sinceNanos = time.nanos();
  }

  /** Looks whether readiness changed since the last look. */
  synchronized void look() {
    boolean now = lifecycle.ready();
    if (lifecycle.state() == Lifecycle.State.READY && now != ready) {
      ready = now;
      long nanos = time.nanos();
      changed(nanos - sinceNanos);
      sinceNanos = nanos;
    }
  }

  /** Returns how long the last unready period took, in seconds; 0 before the first. */
  double lastUnreadySeconds() {
    return lastUnreadySeconds;
  }

  private void changed(long lastedNanos) {
    if (!ready) {
      events.unready(reasons.get(), lastedNanos);
      return;
    }
    if (everReady) {
      lastUnreadySeconds = lastedNanos / (double) Duration.ofSeconds(1).toNanos();
    }
    everReady = true;
    events.ready(lastedNanos);
  }
}
