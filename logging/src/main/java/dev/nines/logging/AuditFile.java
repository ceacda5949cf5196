package dev.nines.logging;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of chained lines that only grows. A line is on the disk when {@link #append} returns; those who write at the same
 * time share the disk's one flush.
 *
 * <p>Thread-safe. Written through streams and not channels, for a channel is closed by the interrupt of any thread that
 * writes to it, and a guard's deadline interrupts.
 */
final class AuditFile implements Closeable {

  private static final int HEAD_BYTES = 19 + 1 + 64 + 1;

  private final Path file;
  private final AuditHash hash;
  private final FileOutputStream out;
  private final RandomAccessFile headFile;
  private final Object writing = new Object();
  private final Object forcing = new Object();

  private AuditHead head;
  private long length;
  private boolean broken;
  private AuditHead forced;

  private AuditFile(
      Path file, AuditHash hash, AuditTail tail, FileOutputStream out, RandomAccessFile headFile) {
    this.file = file;
    this.hash = hash;
    this.out = out;
    this.headFile = headFile;
    this.head = tail.head();
    this.forced = tail.head();
    this.length = tail.length();
  }

  /**
   * Opens a file, a new one or one that goes on.
   *
   * @throws IllegalStateException if another process or instance writes it, or if it does not end as it was left
   */
  static AuditFile open(Path file, byte @Nullable [] key) {
    try {
      create(file);
      FileOutputStream out = new FileOutputStream(file.toFile(), true);
      RandomAccessFile head = null;
      try {
        lock(file, out);
        head = new RandomAccessFile(headOf(file).toFile(), "rw");
        AuditHash hash = AuditHash.of(key);
        return new AuditFile(file, hash, AuditTail.of(file, hash), out, head);
      } catch (IOException | RuntimeException e) {
        close(out, head);
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "audit.file: " + file + " (expected: a file that can be written; " + e + ")", e);
    }
  }

  private static void close(FileOutputStream out, @Nullable RandomAccessFile head)
      throws IOException {
    try (out) {
      if (head != null) {
        head.close();
      }
    }
  }

  /** Returns the file beside an audit log that says where it ends. */
  static Path headOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".head");
  }

  /** Only the service's own user reads who did what. */
  private static void create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    boolean posix =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    for (Path each : new Path[] {file, headOf(file)}) {
      try {
        if (posix) {
          Files.createFile(
              each,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
          Files.createFile(each);
        }
      } catch (FileAlreadyExistsException e) {
        // it goes on
      }
    }
  }

  private static void lock(Path file, FileOutputStream out) throws IOException {
    try {
      if (out.getChannel().tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it; the same finding
    }
    throw new IllegalStateException("audit.file: " + file
        + " is being written by somebody else (expected: a file for each instance)");
  }

  AuditHead head() {
    synchronized (writing) {
      return head;
    }
  }

  /**
   * Appends a record.
   *
   * @return its place in the chain
   * @throws IOException if it could not be written; the file is as it was before
   */
  AuditHead append(Supplier<Instant> now, ObjectNode entry) throws IOException {
    AuditHead mine;
    synchronized (writing) {
      if (broken) {
        throw new IOException(
            "closed, or an earlier record could neither be written nor taken back");
      }
      ObjectNode content = AuditLine.newObject();
      content.put("seq", head.seq() + 1).put("timestamp", now.get().toString());
      content.setAll(entry);
      content.put("previous", head.hash());
      byte[] encoded = AuditLine.encoded(content);
      String own = AuditLine.hashOf(encoded, hash);
      write(AuditLine.sealed(encoded, own));
      mine = new AuditHead(head.seq() + 1, own);
      head = mine;
    }
    force(mine);
    return mine;
  }

  private void write(byte[] line) throws IOException {
    try {
      out.write(line);
      length += line.length;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  /** Removes what a failed write left, such as half a line on a full disk. */
  private void takeBack(IOException failure) {
    try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
      whole.setLength(length);
    } catch (IOException e) {
      broken = true;
      failure.addSuppressed(e);
    }
  }

  private void force(AuditHead mine) throws IOException {
    synchronized (forcing) {
      if (forced.seq() < mine.seq()) {
        AuditHead upTo = head();
        try {
          out.getFD().sync();
        } catch (
            IOException e) { // what the disk has now nobody knows, and asking again would not tell
          synchronized (writing) {
            broken = true;
          }
          throw e;
        }
        writeHead(upTo);
        forced = upTo;
      }
    }
  }

  /** Written after its record, so it may be behind the file after a crash, and never before it. */
  private void writeHead(AuditHead upTo) throws IOException {
    String padded = " ".repeat(19 - Long.toString(upTo.seq()).length()) + upTo + "\n";
    headFile.seek(0);
    headFile.write(padded.getBytes(StandardCharsets.US_ASCII), 0, HEAD_BYTES);
  }

  @Override
  public void close() throws IOException {
    synchronized (forcing) {
      synchronized (writing) {
        broken = true;
        close(out, headFile);
      }
    }
  }
}
