package dev.nines.dependency;

import dev.nines.dependency.CallHistory.Reason;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.DependencySettings;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one dependency: resilience4j's state machine, driven by our evidence.
 *
 * <p>resilience4j holds the states, counts the openings in a row, asks for the wait, and deals out the permits of
 * HALF_OPEN. Results are not reported to it, for three reasons. Its closed state opens by itself at its threshold, also
 * when all failures fell into one blip of a few milliseconds, and can't be told otherwise; its half-open state closes in
 * spite of failures below the threshold, which at ten calls is no evidence; and it counts a late result in whatever state
 * it finds, so that a call from before the outage spoils the trial. Its window also takes a lock for every call, where
 * {@link CallHistory} takes one for bad calls only. So the two windows of the design are both ours, under one rule: in
 * either, {@code failureEvidence} (or {@code slowEvidence}) must be convinced, and the failures must outlast a blip: two of
 * them at least a second apart, hence in two different seconds. From {@code minimumCalls} on the evidence is the plain
 * threshold, as resilience4j would apply it.
 *
 * <p>HALF_OPEN, with bad meaning failed or slow: one bad call more than {@code halfOpenTolerated} reopens; ten results
 * without that close, and so does one good one without any bad once {@code halfOpenTime} is over. So it ends after ten
 * results at the latest.
 *
 * <p>Thread-safe. While CLOSED a call takes no lock here; rejections in OPEN neither.
 */
final class Breaker {

  private final DependencySettings settings;
  private final TimeSource time;
  private final BreakerEvents events;
  private final OpenWait openWait;
  private final CircuitBreaker states;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Era era;

  Breaker(DependencySettings settings, TimeSource time, EventBus events, DoubleSupplier random) {
    this.settings = settings;
    this.time = time;
    this.events = new BreakerEvents(settings.name(), events);
    this.openWait = new OpenWait(settings, random);
    this.states = CircuitBreaker.of(
        settings.name(),
        CircuitBreakerConfig.custom()
            .permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
            .waitIntervalFunctionInOpenState(openWait)
            .maxWaitDurationInHalfOpenState(Duration.ZERO)
            .automaticTransitionFromOpenToHalfOpenEnabled(false)
            .clock(new MonotonicClock(time))
            .build());
    this.era = Era.closed(settings, time.nanos());
  }

  BreakerState state() {
    return era.state;
  }

  /** Returns when it makes sense to call again: at the end of the open wait, or when a trial call must have ended. */
  Duration retryAfter() {
    Era present = era;
    return switch (present.state) {
      case CLOSED -> Duration.ZERO;
      case OPEN -> Duration.ofNanos(Math.max(0, present.retryAt - time.nanos()));
      case HALF_OPEN -> settings.deadline();
    };
  }

  /** Returns a permit for one call, to be handed back to {@link #ended} or {@link #released}; null if there is none. */
  @Nullable
  Era admit(long now) {
    Era present = era;
    return switch (present.state) {
      case CLOSED -> present;
      case OPEN -> now - present.retryAt < 0 ? null : admitToTrial(now);
      case HALF_OPEN -> admitToTrial(now);
    };
  }

  /** Counts the result of a call. */
  void ended(Era permit, long now, boolean failed, boolean slow) {
    if (permit.history == null) {
      tried(permit, now, failed || slow);
    } else if (failed || slow) {
      Reason reason = permit.history.bad(now, failed, slow);
      if (reason != null) {
        open(permit, now, reason);
      }
    } else {
      permit.history.good(now);
    }
  }

  /** Takes a permit back whose call says nothing about the dependency. */
  void released(Era permit) {
    lock.lock();
    try {
      if (permit == era && permit.state == BreakerState.HALF_OPEN) {
        states.releasePermission();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether a permit is of the present stay in a state, so that its result counts. */
  boolean isPresent(Era permit) {
    return permit == era;
  }

  /** Moves OPEN to HALF_OPEN once the wait is over, since something else saw the dependency work. */
  void probeSucceeded(long now) {
    if (era.state == BreakerState.OPEN && now - era.retryAt >= 0) {
      lock.lock();
      try {
        toHalfOpenWhenDue(now);
      } finally {
        lock.unlock();
      }
      events.deliver();
    }
  }

  private @Nullable Era admitToTrial(long now) {
    Era permit = null;
    lock.lock();
    try {
      toHalfOpenWhenDue(now);
      if (era.state == BreakerState.HALF_OPEN) {
        closeWhenProven(now);
      }
      if (era.state == BreakerState.CLOSED
          || era.state == BreakerState.HALF_OPEN && states.tryAcquirePermission()) {
        permit = era;
      }
    } finally {
      lock.unlock();
    }
    events.deliver();
    return permit;
  }

  private void tried(Era permit, long now, boolean bad) {
    lock.lock();
    try {
      if (permit == era) {
        era.tried(bad);
        if (era.bad() > settings.halfOpenTolerated()) {
          Reason reason = new Reason("trial", era.bad(), era.tried(), seconds(now - era.since));
          toOpen(now, reason);
        } else {
          closeWhenProven(now);
        }
      }
    } finally {
      lock.unlock();
    }
    events.deliver();
  }

  private void open(Era permit, long now, Reason reason) {
    lock.lock();
    try {
      if (permit == era) {
        toOpen(now, reason);
      }
    } finally {
      lock.unlock();
    }
    events.deliver();
  }

  private void toOpen(long now, Reason reason) {
    states.transitionToOpenState();
    era = era.open(now, openWait.latestNanos());
    events.opened(reason, Duration.ofNanos(openWait.latestNanos()));
  }

  private void toHalfOpenWhenDue(long now) {
    if (era.state == BreakerState.OPEN && now - era.retryAt >= 0) {
      states.transitionToHalfOpenState();
      era = era.halfOpen(now);
      events.halfOpen(settings.halfOpenCalls());
    }
  }

  private void closeWhenProven(long now) {
    boolean timeIsOver = now - era.since >= settings.halfOpenTime().toNanos();
    if (era.tried() >= settings.halfOpenCalls() || timeIsOver && era.bad() == 0 && era.good() > 0) {
      states.transitionToClosedState();
      Duration broken = Duration.ofNanos(now - era.brokenSince);
      era = Era.closed(settings, now);
      events.closed(broken);
    }
  }

  private static int seconds(long nanos) {
    return (int) Duration.ofNanos(nanos).toSeconds();
  }
}
