package dev.nines.time;

/** So many in each second, and no more. Thread-safe. */
public final class Allowance {

  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private final TimeSource time;
  private long since;
  private int taken;

  /** Makes one whose first second begins now. */
  public Allowance(int perSecond, TimeSource time) {
    this.perSecond = perSecond;
    this.time = time;
    this.since = time.nanos();
  }

  /** Returns how many of {@code wanted} are granted. */
  public synchronized int take(int wanted) {
    long now = time.nanos();
    if (now - since >= SECOND) {
      since = now;
      taken = 0;
    }
    int granted = Math.min(wanted, perSecond - taken);
    taken += granted;
    return granted;
  }
}
