package dev.nines.logging;

import dev.nines.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Where lines go, which may fail. A batch that fails is written again, line by line, for {@link #PATIENCE}. Then lines below
 * WARN are lost, while those of WARN and above are kept, up to a bound, until the stream takes them; when it fails again,
 * a line may come out twice, for nobody can tell how much of a failed write has arrived.
 *
 * <p>For the writer alone.
 */
final class LogSink {

  /** How long each line is tried again before the stream counts as failed. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int MOST_KEPT_BYTES = 4 * 1024 * 1024;
  private static final byte[] LINE_END = {'\n'};

  private final OutputStream out;
  private final TimeSource time;
  private final Losses losses;
  private final Pause pause;
  private final Deque<byte[]> kept = new ArrayDeque<>();
  private int keptBytes;
  private boolean failing;
  private boolean torn;
  private long failingSince;

  /** How to wait before the next attempt; returns false if there is no time left. */
  interface Pause {
    boolean again();
  }

  LogSink(OutputStream out, TimeSource time, Losses losses, Pause pause) {
    this.out = out;
    this.time = time;
    this.losses = losses;
    this.pause = pause;
  }

  /** Writes the lines, or does with each what is left to do; never throws. */
  void write(Batch batch) {
    writeKept();
    if (!failing && attempt(batch.bytes(), 0, batch.length())) {
      return;
    }
    for (int line = 0; line < batch.lines(); line++) {
      int from = batch.start(line);
      int to = batch.end(line);
      if (!insist(batch.bytes(), from, to - from)) {
        giveUp(Arrays.copyOfRange(batch.bytes(), from, to), batch.isUrgent(line));
      }
    }
  }

  /** Tries the lines that were kept, the oldest first, until one fails. */
  void writeKept() {
    boolean written = true;
    for (int left = kept.size(); left > 0 && written; left--) {
      byte[] line = kept.remove();
      written = attempt(line, 0, line.length);
      if (written) {
        keptBytes -= line.length;
      } else {
        kept.add(line); // behind the others, for it may be this one that is refused
      }
    }
  }

  /** Tries them for the last time; what fails is lost. */
  void abandonKept() {
    writeKept();
    kept.forEach(line -> losses.lost(true));
    kept.clear();
  }

  boolean hasKept() {
    return !kept.isEmpty();
  }

  private boolean insist(byte[] bytes, int from, int length) {
    while (!attempt(bytes, from, length)) {
      if (time.nanos() - failingSince >= PATIENCE.toNanos() || !pause.again()) {
        return false;
      }
    }
    return true;
  }

  private void giveUp(byte[] line, boolean urgent) {
    if (urgent && keptBytes + line.length <= MOST_KEPT_BYTES) {
      kept.add(line);
      keptBytes += line.length;
    } else {
      losses.lost(urgent);
    }
  }

  private boolean attempt(byte[] bytes, int from, int length) {
    try {
      if (torn) {
        out.write(LINE_END);
      }
      torn = true;
      out.write(bytes, from, length);
      out.flush();
      torn = false;
      failing = false;
      return true;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        failing = true;
        failingSince = time.nanos();
      }
      return false;
    }
  }
}
