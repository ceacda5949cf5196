package dev.nines.testing;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test turns its hands. */
public final class ManualTime implements TimeSource {

  private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return ORIGIN.plusNanos(nanos.get());
  }

  public ManualTime advance(Duration by) {
    nanos.addAndGet(by.toNanos());
    return this;
  }
}
