package dev.nines.budget;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * How a {@link Past} stands in a file: a mark, a version, whose it is, its moments in nanoseconds with what was counted
 * between one and the next, and a checksum of all that. Numbers take as few bytes as they need, and never more than 9.
 */
final class StateForm {

  private static final long MARK = 0x4e494e45_42554447L; // NINEBUDG
  private static final int VERSION = 2;
  private static final int CHECKSUM = Long.BYTES;
  private static final int MOST_MOMENTS = Windows.MOST_ROWS + 1;

  /** A service's name as {@link DataOutputStream#writeUTF} limits it, and what is fixed. */
  private static final int MOST_HEAD = 66_000;

  private static final int MOST_NUMBER = 9;

  /** A clock that was set back a little between two starts is no reason to forget. */
  private static final long TOLERANCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private StateForm() {}

  static int mostBytes(Ledger ledger) {
    int promises = ledger.promises().getBytes(StandardCharsets.UTF_8).length;
    return MOST_HEAD + promises + MOST_MOMENTS * (ledger.counters() + 1) * MOST_NUMBER;
  }

  static byte[] write(Ledger ledger, Past past) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(MARK);
      out.writeInt(VERSION);
      out.writeUTF(ledger.service());
      writeText(out, ledger.promises());
      writeMoments(out, past, ledger.counters());
      out.flush();
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // an array in memory takes every byte
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws ForeignFileException if it is no such file, or another service's
   * @throws IllegalArgumentException if it is torn, damaged, or counts other promises; the message says which
   */
  static Past read(byte[] bytes, Ledger ledger) throws IOException {
    if (!startsAsOurs(bytes)) {
      throw new ForeignFileException("not a budget's file (expected: one of ours, or none)");
    }
    int length = bytes.length - CHECKSUM;
    require(length > Long.BYTES + Integer.BYTES, "torn");
    ByteBuffer head = ByteBuffer.wrap(bytes).position(Long.BYTES);
    require(head.getInt() == VERSION, "of another version of Nines");
    require(head.getLong(length) == checksum(bytes, length), "torn or damaged");
    int start = head.position();
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, start, length - start))) {
      return read(in, ledger);
    } catch (EOFException | UTFDataFormatException damaged) {
      throw new IllegalArgumentException("damaged", damaged);
    }
  }

  /** What is shorter than the mark may be a torn file of ours, as long as it is the mark's beginning. */
  private static boolean startsAsOurs(byte[] bytes) {
    byte[] mark = ByteBuffer.allocate(Long.BYTES).putLong(MARK).array();
    int length = Math.min(mark.length, bytes.length);
    return Arrays.equals(bytes, 0, length, mark, 0, length);
  }

  private static Past read(DataInputStream in, Ledger ledger) throws IOException {
    String service = in.readUTF();
    if (!service.equals(ledger.service())) {
      throw new ForeignFileException("of the service " + service);
    }
    require(readText(in).equals(ledger.promises()), "of other targets");
    return readMoments(in, ledger);
  }

  private static void writeMoments(DataOutputStream out, Past past, int counters)
      throws IOException {
    out.writeInt(past.size());
    long moment = 0;
    for (int i = 0; i < past.size(); i++) {
      long next = past.moment(i);
      writeNumber(out, i == 0 ? next : moment - next);
      moment = next;
      for (int counter = 0; counter < counters; counter++) {
        long before = i == 0 ? 0 : past.countedSince(i - 1, counter);
        writeNumber(out, past.countedSince(i, counter) - before);
      }
    }
  }

  private static Past readMoments(DataInputStream in, Ledger ledger) throws IOException {
    int size = in.readInt();
    require(size > 0 && size <= MOST_MOMENTS, "damaged");
    long[] moments = new long[size];
    long[][] since = new long[size][];
    long latest = ledger.nowNanos() + TOLERANCE_NANOS;
    long[] counted = new long[ledger.counters()];
    for (int i = 0; i < size; i++) {
      moments[i] = i == 0 ? readNumber(in) : moments[i - 1] - readNumber(in);
      require(moments[i] <= latest, "of the future");
      for (int counter = 0; counter < counted.length; counter++) {
        counted[counter] += readNumber(in);
      }
      since[i] = counted.clone();
    }
    return new Past(moments, since);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    require(length >= 0 && length <= in.available(), "damaged");
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Seven bits to a byte, the lowest first; the highest bit says that more follow. */
  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = in.readUnsignedByte();
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new IllegalArgumentException("damaged");
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
