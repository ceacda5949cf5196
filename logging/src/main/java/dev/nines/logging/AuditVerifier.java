package dev.nines.logging;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an audit log is as {@link Audit} wrote it: no line changed, removed, added or moved.
 *
 * <p>Reads the file once, from its begin to its end, in memory that doesn't grow with it. Not thread-safe.
 */
public final class AuditVerifier {

  /** Where one line is broken, hundreds may be; the first tell where to look. */
  private static final int MOST_FINDINGS = 100;

  private static final int MOST_LINE = 4 * AuditEntry.MOST_BYTES;

  private final AuditHash hash;
  private final List<String> findings = new ArrayList<>();
  private final List<AuditHead> known = new ArrayList<>();
  private int found;
  private long lines;
  private String first = "";
  private String last = "";
  private AuditHead head = AuditHead.NONE;

  private AuditVerifier(byte @Nullable [] key) {
    this.hash = AuditHash.of(key);
  }

  /**
   * Verifies a file against itself and against the {@code .head} beside it.
   *
   * @param file the log
   * @param key the key that it was written with; null for none
   * @param heads what is known of its end from elsewhere, such as the events {@code audit_head} in the ordinary log
   * @throws IOException if it can't be read
   */
  public static AuditVerification verify(Path file, byte @Nullable [] key, AuditHead... heads)
      throws IOException {
    AuditVerifier verifier = new AuditVerifier(key);
    verifier.known.addAll(List.of(heads));
    Optional<AuditHead> beside = beside(file);
    beside.ifPresent(verifier.known::add);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      verifier.read(in);
    }
    verifier.checkEnd();
    return verifier.result(beside.isPresent());
  }

  private static Optional<AuditHead> beside(Path file) throws IOException {
    Path path = AuditFile.headOf(file);
    return Files.exists(path)
        ? AuditHead.read(Files.readString(path, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private void read(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        check(line.toByteArray());
        line.reset();
      } else if (line.size() < MOST_LINE) {
        line.write(b);
      }
    }
    if (line.size() > 0) {
      lines++;
      find("is torn: the write of it was interrupted");
    }
  }

  private void check(byte[] bytes) {
    lines++;
    AuditLine line = AuditLine.parse(bytes);
    if (line == null) {
      find("is not an audit record");
      return;
    }
    if (!line.hash().equals(AuditLine.hashOfSealed(bytes, hash))) {
      find("record " + line.seq() + " was changed, or written with another key");
    }
    if (line.seq() != head.seq() + 1) {
      find("record " + line.seq() + " stands where " + (head.seq() + 1)
          + " should: records were removed, added or moved");
    } else if (!line.previous().equals(head.hash())) {
      find("record " + line.seq() + " does not follow the one before it");
    }
    head = new AuditHead(line.seq(), line.hash());
    first = first.isEmpty() ? line.timestamp() : first;
    last = line.timestamp();
    checkKnown();
  }

  private void checkKnown() {
    for (AuditHead at : known) {
      if (at.seq() == head.seq() && !at.hash().equals(head.hash())) {
        find("record " + head.seq() + " is not the one that was known to stand here");
      }
    }
  }

  private void checkEnd() {
    for (AuditHead at : known) {
      if (at.seq() > head.seq()) {
        add("the end: the last record is " + head.seq() + ", and " + at.seq()
            + " was known: records were removed");
      }
    }
  }

  private void find(String finding) {
    add("line " + lines + ": " + finding);
  }

  private void add(String finding) {
    found++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private AuditVerification result(boolean hasHead) {
    return new AuditVerification(lines, head, first, last, hasHead, found, findings);
  }
}
