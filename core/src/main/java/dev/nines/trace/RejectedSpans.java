package dev.nines.trace;

/**
 * Reads one number of OTLP's answer, {@code ExportTraceServiceResponse.partial_success.rejected_spans}: field 1 of the message
 * that is field 1. Protobuf's library would be a megabyte for it. What is malformed rejected nothing.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf's encoding</a>
 */
final class RejectedSpans {

  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int FIRST_FIELD = 1 << 3;
  private static final int LONGEST_VARINT = 10;

  private final byte[] message;
  private int at;

  private RejectedSpans(byte[] message) {
    this.message = message;
  }

  static long in(byte[] answer) {
    try {
      RejectedSpans reader = new RejectedSpans(answer);
      int end = reader.enter(answer.length);
      return Math.max(0, reader.number(end));
    } catch (IndexOutOfBoundsException e) {
      return 0;
    }
  }

  /** Goes to the first field's message; returns where that ends, this place if there is none. */
  private int enter(int end) {
    while (at < end) {
      long tag = varint();
      if (tag == (FIRST_FIELD | LENGTH)) {
        return within(varint(), end);
      }
      skip(tag, end);
    }
    return at;
  }

  private long number(int end) {
    long number = 0;
    while (at < end) {
      long tag = varint();
      if (tag == (FIRST_FIELD | VARINT)) {
        number = varint();
      } else {
        skip(tag, end);
      }
    }
    return number;
  }

  private void skip(long tag, int end) {
    switch ((int) (tag & 7)) {
      case VARINT -> varint();
      case LENGTH -> at = within(varint(), end);
      default -> throw new IndexOutOfBoundsException("no such kind of field in this message");
    }
  }

  private int within(long length, int end) {
    if (length < 0 || length > end - at) {
      throw new IndexOutOfBoundsException("a field longer than its message");
    }
    return at + (int) length;
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      byte next = message[at++];
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number without an end");
  }
}
