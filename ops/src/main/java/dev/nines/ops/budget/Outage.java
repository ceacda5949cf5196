package dev.nines.ops.budget;

import java.time.Duration;
import java.time.Instant;

/** A time in which no instance was ready. */
public record Outage(Instant from, Instant to) {

  /** Returns its length. */
  public Duration length() {
    return Duration.between(from, to);
  }
}
