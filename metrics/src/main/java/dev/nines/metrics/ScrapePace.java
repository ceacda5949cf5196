package dev.nines.metrics;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets a scrape rest after each short burst of work, so that on a busy processor a request waits for a burst and not for the
 * whole: the scheduler would let it run for milliseconds on end. A scrape that lasts already, as under overload, rests no
 * more, for the scraper will not wait for ever. Not thread-safe; one for each scrape.
 */
final class ScrapePace {

  private static final long BURST_NANOS = 100_000;

  /** As short as Linux's timers tell apart. */
  private static final long REST_NANOS = 50_000;

  private static final long PATIENCE_NANOS = 250_000_000;

  private final LongSupplier nanoTime;
  private final LongConsumer parkNanos;
  private final long begin;
  private long burst;

  ScrapePace() {
    this(System::nanoTime, LockSupport::parkNanos);
  }

  ScrapePace(LongSupplier nanoTime, LongConsumer parkNanos) {
    this.nanoTime = nanoTime;
    this.parkNanos = parkNanos;
    this.begin = nanoTime.getAsLong();
    this.burst = begin;
  }

  /** To be called between parts that are much shorter than a burst. */
  void rest() {
    long now = nanoTime.getAsLong();
    if (now - burst >= BURST_NANOS && now - begin < PATIENCE_NANOS) {
      parkNanos.accept(REST_NANOS);
      burst = nanoTime.getAsLong();
    }
  }

  /** Returns a stream that may rest after each piece which it is given. */
  OutputStream paced(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        rest();
      }
    };
  }
}
