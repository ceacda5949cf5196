package dev.nines.logging;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a file ends that is to go on.
 *
 * @param head its last record
 * @param length where that record's line ends
 */
record AuditTail(AuditHead head, long length) {

  /** More than the longest line. */
  private static final int MOST_BYTES = 2 * AuditEntry.MOST_BYTES;

  /**
   * Reads the end. Half a line, left by a crash in the middle of a write that nobody was told of as done, is moved into a
   * file of its own.
   *
   * @throws IllegalStateException if the end isn't the one that was left: then somebody should look before it goes on
   */
  static AuditTail of(Path file, AuditHash hash) throws IOException {
    try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
      long size = whole.length();
      byte[] end = new byte[(int) Math.min(size, MOST_BYTES)];
      whole.seek(size - end.length);
      whole.readFully(end);
      int lineEnd = lastBreak(end, end.length);
      byte[] torn = Arrays.copyOfRange(end, lineEnd + 1, end.length);
      if (lineEnd < 0 && size > end.length || !AuditLine.mayBegin(torn)) {
        throw foreign(file);
      }
      if (torn.length > 0) {
        setAside(file, torn);
        whole.setLength(size - torn.length);
      }
      AuditHead last = lineEnd < 0 ? AuditHead.NONE : last(file, end, lineEnd, hash);
      checkHead(file, last);
      return new AuditTail(last, size - torn.length);
    }
  }

  private static int lastBreak(byte[] bytes, int before) {
    int at = before - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }

  private static void setAside(Path file, byte[] torn) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.write(Files.createTempFile(directory, file.getFileName() + ".torn-", ""), torn);
  }

  private static AuditHead last(Path file, byte[] end, int lineEnd, AuditHash hash) {
    byte[] bytes = Arrays.copyOfRange(end, lastBreak(end, lineEnd) + 1, lineEnd);
    AuditLine line = AuditLine.parse(bytes);
    if (line == null || !line.hash().equals(AuditLine.hashOfSealed(bytes, hash))) {
      throw foreign(file);
    }
    return new AuditHead(line.seq(), line.hash());
  }

  private static IllegalStateException foreign(Path file) {
    return new IllegalStateException("audit.file: " + file + " ends in a line that is not its own"
        + " (expected: an intact chain, written with the same key; see nines audit verify)");
  }

  private static void checkHead(Path file, AuditHead last) throws IOException {
    String text = Files.readString(AuditFile.headOf(file), StandardCharsets.ISO_8859_1);
    Optional<AuditHead> left = AuditHead.read(text);
    if (left.isPresent() && left.get().seq() > last.seq()) {
      throw new IllegalStateException("audit.file: " + file + " ends at record " + last.seq()
          + " (expected: record " + left.get().seq() + ", as it was left; see nines audit verify;"
          + " to begin a new chain, move it away with its .head)");
    }
  }
}
