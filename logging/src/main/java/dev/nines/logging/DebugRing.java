package dev.nines.logging;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last lines of one request that are held back until it has ended: at most {@link #MOST_LINES} and
 * {@link #MOST_BYTES}, and as many as the memory of all requests together has room for. The oldest go first.
 *
 * <p>Thread-safe.
 */
final class DebugRing {

  static final int MOST_LINES = 200;
  static final int MOST_BYTES = 256 * 1024;

  /** The bound on all rings of one service. */
  static final long MOST_BYTES_IN_ALL = 16L * 1024 * 1024;

  private final AtomicLong bytesInAll;
  private final ArrayDeque<DebugEvent> lines = new ArrayDeque<>();
  private int bytes;
  private int dropped;
  private boolean closed;

  DebugRing(AtomicLong bytesInAll) {
    this.bytesInAll = bytesInAll;
  }

  synchronized void add(DebugEvent line) {
    if (closed) {
      return;
    }
    if (line.bytes() > MOST_BYTES) {
      dropped++;
      return;
    }
    while (lines.size() == MOST_LINES || bytes + line.bytes() > MOST_BYTES) {
      dropOldest();
    }
    while (!reserved(line.bytes())) {
      if (lines.isEmpty()) {
        dropped++;
        return;
      }
      dropOldest();
    }
    lines.add(line);
    bytes += line.bytes();
  }

  private boolean reserved(int more) {
    if (bytesInAll.addAndGet(more) <= MOST_BYTES_IN_ALL) {
      return true;
    }
    bytesInAll.addAndGet(-more);
    return false;
  }

  private void dropOldest() {
    int freed = lines.remove().bytes();
    bytes -= freed;
    bytesInAll.addAndGet(-freed);
    dropped++;
  }

  /** Gives its memory back and takes no more lines. */
  synchronized List<DebugEvent> close() {
    closed = true;
    List<DebugEvent> all = List.copyOf(lines);
    lines.clear();
    bytesInAll.addAndGet(-bytes);
    bytes = 0;
    return all;
  }

  /** Returns how many lines had to go before the end. */
  synchronized int dropped() {
    return dropped;
  }
}
