package dev.nines.dependency;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call whose body runs on the caller's thread, which the watchdog interrupts at the deadline.
 *
 * <p>No interrupt outlives the call: the watchdog interrupts only between two moves of the stage, RUNNING to STOPPING to
 * STOPPED, and an ending call waits for the second before it clears the flag. A flag that somebody else set before stays.
 *
 * <p>A body that has not returned {@link #GRACE} after its interrupt is an overrun: it is counted, and the breaker learns of
 * the failure then, since a thread stuck for good would never tell.
 */
final class SyncCall extends Call {

  /** For a reaction to the interrupt; as long as the shortest derived deadline. */
  static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Thread thread = Thread.currentThread();

  SyncCall(Guard guard, @Nullable HttpCall<?> http) {
    super(guard, http);
    noteInterrupt();
  }

  private SyncCall(SyncCall before, Repetition repetition) {
    super(before, repetition);
    noteInterrupt();
  }

  private void noteInterrupt() {
    if (thread.isInterrupted()) {
      details().interruptedBefore = true;
    }
  }

  /**
   * Waits and returns the next attempt, if the call is to be tried again; null if this one was its last, and then it is
   * counted.
   */
  @Nullable
  SyncCall next() {
    Repetition attempts = repetition();
    long wait = interrupted() ? Retries.NOT : retryAfter();
    if (attempts != null && wait != Retries.NOT && waited(wait)) {
      return new SyncCall(this, attempts);
    }
    over();
    return null;
  }

  /** Whoever interrupts us while we wait gets the failure that there is, and the flag. */
  private boolean waited(long nanos) {
    try {
      protection.tools().pause().nanos(nanos);
      return true;
    } catch (InterruptedException e) {
      thread.interrupt();
      return false;
    }
  }

  private boolean interrupted() {
    return thread.isInterrupted() && !interruptedBefore();
  }

  @Override
  long leftAlone(long now) {
    return switch (stage()) {
      case RUNNING -> wakeAt() - now;
      case STOPPED -> lookAgain() - now;
      default -> NEVER;
    };
  }

  @Override
  long timeIsUp(long now) {
    long more = stage() == RUNNING ? moreTime() : 0;
    if (more > 0) {
      return more;
    }
    if (advance(RUNNING, STOPPING)) {
      thread.interrupt();
      stopped(now + GRACE);
      return GRACE;
    }
    if (advance(STOPPED, OVERRUN)) {
      protection.watchdog().handOn(this::overran);
    }
    return NEVER;
  }

  private void overran() {
    protection.overran();
    tellBreaker(CallOutcome.TIMEOUT, protection.nanos());
  }

  <T extends @Nullable Object> T returned(T result) {
    long now = protection.nanos();
    boolean stopped = stop();
    finish(outcomeOf(result, stopped || late(now)), null, now, stopped);
    return result;
  }

  /**
   * Ends the call with what the body threw.
   *
   * @throws DeadlineExceededException in its place, if the interrupt or the deadline brought it about
   */
  void threw(Throwable thrown) {
    long now = protection.nanos();
    boolean stopped = stop();
    boolean late = stopped || late(now);
    if (!late && cancelled(thrown)) {
      finish(CallOutcome.CANCELLED, thrown, now, false);
      return;
    }
    finish(outcomeOf(thrown, late), thrown, now, stopped);
    if (thrown instanceof Exception && (stopped || late && protection.failures().failed(thrown))) {
      throw deadlineExceeded(thrown);
    }
  }

  /** An interrupt that is not ours is the caller's wish to give up. */
  private boolean cancelled(Throwable thrown) {
    return thrown instanceof InterruptedException || thread.isInterrupted();
  }

  private void finish(CallOutcome how, @Nullable Throwable thrown, long now, boolean stopped) {
    boolean overran = stopped && !advance(STOPPED, ENDED);
    if (overran) {
      stage(ENDED);
      conclude(how, thrown, now);
    } else {
      settle(how, thrown, now);
    }
  }

  /** Ends the watch; returns whether the watchdog interrupted us. */
  private boolean stop() {
    protection.watchdog().disarm(this);
    boolean stopped = !advance(RUNNING, ENDED);
    if (stopped) {
      while (stage() == STOPPING) {
        Thread.onSpinWait();
      }
      if (!interruptedBefore()) {
        Thread.interrupted();
      }
    }
    if (anEnclosingOneIsStopped()) {
      thread.interrupt();
    }
    return stopped;
  }

  /**
   * A call around this one, on this thread, may have been interrupted meanwhile. This one's body may have taken that
   * interrupt for its own, or we have just cleared it; the other's body has yet to see it.
   */
  private boolean anEnclosingOneIsStopped() {
    for (Call outer = enclosing(); outer != null; outer = outer.enclosing()) {
      if (outer instanceof SyncCall sync && sync.thread == thread && sync.stage() != RUNNING) {
        return true;
      }
    }
    return false;
  }
}
