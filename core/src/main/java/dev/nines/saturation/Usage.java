package dev.nines.saturation;

/**
 * How much of a resource is used.
 *
 * @param used amount in use: bytes, or processors kept busy
 * @param limit amount that may be used, in the same unit; positive
 */
public record Usage(double used, double limit) {

  /** Returns the share in use: 0 when idle, 1 at the limit; short of time above 1 where a limit was just lowered. */
  public double share() {
    return used / limit;
  }
}
