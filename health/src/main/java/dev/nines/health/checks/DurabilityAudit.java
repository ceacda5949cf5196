package dev.nines.health.checks;

/**
 * What an audit of stored objects found.
 *
 * <p>Immutable and thread-safe.
 *
 * @param verified objects that were looked for and compared with what was stored; not negative
 * @param lost those of them that were missing or broken; 0 to {@code verified}
 */
public record DurabilityAudit(long verified, long lost) {

  public DurabilityAudit {
    if (verified < 0) {
      throw new IllegalArgumentException(
          "durability.verified: " + verified + " (expected: 0 or more)");
    }
    if (lost < 0 || lost > verified) {
      throw new IllegalArgumentException(
          "durability.lost: " + lost + " (expected: 0 to " + verified + ", the verified)");
    }
  }
}
