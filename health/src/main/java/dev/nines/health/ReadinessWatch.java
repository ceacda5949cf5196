package dev.nines.health;

import dev.nines.health.Recoveries.Verdict;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Sees readiness lost and won, how long it was lost, and when that is longer than promised, while it still is. Start and
 * drain are no outages. Thread-safe.
 */
final class ReadinessWatch {

  private final Lifecycle lifecycle;
  private final TimeSource time;
  private final HealthNews news;
  private final Supplier<Unreadiness> unreadiness;
  private final Recoveries recoveries;
  private final LongAdder readied = new LongAdder();
  private final LongAdder unreadied = new LongAdder();

  // Guarded by this.
  private final Flapping flapping;
  private boolean ready;
  private boolean everReady;
  private long sinceNanos;
  private Verdict toldVerdict = Verdict.WITHIN_RESTORE;

  /**
   * @param flappingWindow see {@link dev.nines.derive.CheckTimings#flappingWindow()}
   * @param unreadiness tells what stands against readiness now
   */
  ReadinessWatch(
      Lifecycle lifecycle,
      TimeSource time,
      Duration flappingWindow,
      Recoveries recoveries,
      HealthNews news,
      Supplier<Unreadiness> unreadiness) {
    this.lifecycle = lifecycle;
    this.time = time;
    this.flapping = new Flapping(flappingWindow);
    this.recoveries = recoveries;
    this.news = news;
    this.unreadiness = unreadiness;
    this.sinceNanos = time.nanos();
  }

  /** Looks whether readiness changed since the last look. */
  synchronized void look() {
    if (lifecycle.state() != Lifecycle.State.READY) {
      return;
    }
    boolean now = lifecycle.ready();
    long nanos = time.nanos();
    if (now != ready) {
      changed(now, nanos);
    } else if (!ready && everReady) {
      tellIfOverdue(Duration.ofNanos(nanos - sinceNanos));
    }
    if (flapping.look(nanos) == Flapping.Turn.ENDED) {
      news.flaps().ended(ready, flapping);
    }
  }

  synchronized boolean flaps() {
    return flapping.active();
  }

  /** Returns how long the present unready period takes so far; zero while ready, in start and in drain. */
  synchronized Duration current() {
    return !ready && everReady && lifecycle.state() == Lifecycle.State.READY
        ? Duration.ofNanos(time.nanos() - sinceNanos)
        : Duration.ZERO;
  }

  /** Returns how often readiness was won, or lost. */
  long changes(boolean to) {
    return (to ? readied : unreadied).sum();
  }

  Recoveries recoveries() {
    return recoveries;
  }

  RecoveryReport.Unready report() {
    long overRto = recoveries.count(Verdict.OVER_RTO);
    long overRestore = overRto + recoveries.count(Verdict.WITHIN_RTO);
    return new RecoveryReport.Unready(
        overRestore + recoveries.count(Verdict.WITHIN_RESTORE),
        overRestore,
        overRto,
        recoveries.times().last(),
        recoveries.times().longest(),
        current());
  }

  private void changed(boolean now, long nanos) {
    Duration lasted = Duration.ofNanos(nanos - sinceNanos);
    boolean recovered = now && everReady;
    Flapping.Turn turn = everReady ? flapping.changed(nanos) : Flapping.Turn.NONE;
    ready = now;
    everReady |= now;
    sinceNanos = nanos;
    toldVerdict = Verdict.WITHIN_RESTORE;
    (now ? readied : unreadied).increment();
    if (recovered) {
      recoveries.add(lasted);
    }
    tell(lasted, recovered, turn);
  }

  private void tell(Duration lasted, boolean recovered, Flapping.Turn turn) {
    Unreadiness why = ready ? Unreadiness.NONE : unreadiness.get();
    if (turn == Flapping.Turn.BEGAN) {
      news.flaps().began(ready, flapping);
    } else if (!flapping.active()) {
      if (!ready) {
        news.incidents().unready(why, lasted);
      } else if (recovered) {
        news.incidents().recovered(lasted, recoveries);
      } else {
        news.incidents().ready(lasted);
      }
    }
    news.listeners()
        .readinessChanged(
            new ReadinessChange(ready, time.now(), lasted, why.reasons(), flapping.active()));
  }

  private void tellIfOverdue(Duration unready) {
    Verdict verdict = recoveries.verdict(unready);
    if (verdict.compareTo(toldVerdict) > 0) {
      toldVerdict = verdict;
      news.incidents().overdue(verdict, unready, recoveries.targets(), unreadiness.get());
    }
  }
}
