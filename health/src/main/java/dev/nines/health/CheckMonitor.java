package dev.nines.health;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.derive.CheckTimings;
import dev.nines.targets.Durations;
import dev.nines.time.TimeSource;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one check: starts its attempts, ends those that overstay, and keeps what is known of it.
 *
 * <p>{@link #advance} and {@link #close} belong to the scheduler's thread and never block; results come from the check's
 * own threads; {@link #condition} and the like are read by anyone.
 */
final class CheckMonitor {

  /** Threads of one check that may be stuck at a time: the first, and the replacement beside it. */
  static final int MOST_STUCK = 2;

  /** Hears of what happens to the check; called on its threads or the scheduler's, so it must not block. */
  interface Listener {

    void recorded(CheckMonitor monitor, CheckResult result, CheckState before, CheckState after);

    void stuck(CheckMonitor monitor, int threads);
  }

  private final String name;
  private final Check check;
  private final CheckTimings timings;
  private final TimeSource time;
  private final DoubleSupplier random;
  private final Executor threads;
  private final Listener listener;

  private final AtomicReference<CheckState> state;
  private final AtomicInteger stuck = new AtomicInteger();

  // Touched by the scheduler's thread alone.
  private @Nullable Attempt current;
  private long nextTick;
  private int reportedStuck;

  /**
   * @param random uniform in [0, 1), for the jitter
   * @param threads runs each task on a thread of its own, at once; at most two attempts and what cuts them short
   */
  CheckMonitor(
      String name,
      Check check,
      CheckTimings timings,
      TimeSource time,
      DoubleSupplier random,
      Executor threads,
      Listener listener) {
    this.name = name;
    this.check = check;
    this.timings = timings;
    this.time = time;
    this.random = random;
    this.threads = threads;
    this.listener = listener;
    this.nextTick = time.nanos();
    this.state = new AtomicReference<>(CheckState.unknown(time.now(), nextTick));
  }

  String name() {
    return name;
  }

  CheckTimings timings() {
    return timings;
  }

  CheckState state() {
    return state.get();
  }

  /** Returns how it is now; a result that is too old counts as unhealthy. */
  Condition condition(long nanos) {
    return state.get().at(nanos, timings.staleAfter());
  }

  /** Returns whether the last result is too old to prove anything. */
  boolean stale(long nanos) {
    return state.get().stale(nanos, timings.staleAfter());
  }

  /** Returns the attempts that are over, and whose threads have not come back. */
  int stuckThreads() {
    return stuck.get();
  }

  /** Does what is due and returns when to come again, on the monotonic clock. */
  long advance(long nanos) {
    Attempt attempt = current;
    if (attempt != null && attempt.running() && nanos - deadline(attempt) >= 0) {
      expire(attempt);
    }
    if (nanos - nextTick >= 0) {
      tick(nanos);
    }
    attempt = current;
    return attempt != null && attempt.running() && deadline(attempt) - nextTick < 0
        ? deadline(attempt)
        : nextTick;
  }

  /** Ends what runs, without a result. */
  void close() {
    Attempt attempt = current;
    if (attempt != null && attempt.expire()) {
      cut(attempt);
    }
  }

  private void tick(long nanos) {
    // From this start, not from the planned one: after a pause of the machine, runs must not pile
    // up.
    nextTick = nanos + gap();
    if (current != null && current.running()) {
      expire(current);
    }
    reportStuck();
    if (stuck.get() < MOST_STUCK) {
      start(new Attempt(this, nanos));
    } else {
      record(CheckResult.unhealthy("the last " + MOST_STUCK + " runs have not returned"), nanos);
    }
  }

  private long gap() {
    double jitter = timings.jitter() * (2 * random.getAsDouble() - 1);
    return Math.round(timings.interval().toNanos() * (1 + jitter));
  }

  private void start(Attempt attempt) {
    current = attempt;
    try {
      threads.execute(attempt);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // Without a thread nothing can be asked, which is no better than no answer.
      current = null;
      record(CheckResult.unhealthy("no thread for the check: " + e), attempt.startedNanos());
    }
  }

  private void expire(Attempt attempt) {
    if (attempt.expire()) {
      cut(attempt);
      record(
          CheckResult.unhealthy("no answer within " + Durations.format(timings.timeout())),
          attempt.startedNanos());
    }
  }

  private void cut(Attempt attempt) {
    try {
      threads.execute(attempt::cut);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // Without a thread for the abort, the interrupt is what can be done here without blocking.
      attempt.cutWithoutAbort();
    }
  }

  private void reportStuck() {
    int now = stuck.get();
    if (now > reportedStuck) {
      listener.stuck(this, now);
    }
    reportedStuck = now;
  }

  /** Asks once; what is thrown is a failure too. */
  CheckResult ask(Attempt attempt) {
    try {
      return Objects.requireNonNull(check.run(attempt), "the check returned null");
    } catch (Throwable e) {
      // Errors too: a missing class or a blown stack in one check must not end its watch.
      return CheckResult.unhealthy(Failures.describe(e));
    }
  }

  void record(CheckResult result, long startedNanos) {
    long nanos = time.nanos();
    Instant date = time.now();
    CheckState before;
    CheckState after;
    do {
      before = state.get();
      after = before.after(result, nanos - startedNanos, nanos, date, timings);
    } while (!state.compareAndSet(before, after));
    listener.recorded(this, result, before, after);
  }

  void stuck(int more) {
    stuck.addAndGet(more);
  }

  private long deadline(Attempt attempt) {
    return attempt.startedNanos() + timings.timeout().toNanos();
  }
}
