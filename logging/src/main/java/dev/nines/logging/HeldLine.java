package dev.nines.logging;

/** A line that is encoded already. */
record HeldLine(byte[] bytes, boolean isUrgent) implements Held {

  private static final int OBJECT_BYTES = 64;

  @Override
  public int weight() {
    return bytes.length + OBJECT_BYTES;
  }
}
