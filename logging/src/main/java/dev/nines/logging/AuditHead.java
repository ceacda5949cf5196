package dev.nines.logging;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a chain of audit records ends: the number and the hash of its last record.
 *
 * <p>Kept outside of the file, in the ordinary log for instance, it shows that no record was taken off the end.
 *
 * @param seq number of the last record; 0 for an empty chain
 * @param hash the last record's hash in 64 hexadecimal digits; zeros for an empty chain
 */
public record AuditHead(long seq, String hash) {

  static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

  /**
   * Reads what {@link #toString()} writes.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static AuditHead parse(String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("head: " + Text.shown(text)
          + " (expected: a record's number, a colon and its hash in 64 hexadecimal digits)");
    }
    return new AuditHead(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** Reads as {@link #parse}; empty if it has another form, as after a torn write. */
  static Optional<AuditHead> read(String text) {
    return FORM.matcher(text.strip()).matches() ? Optional.of(parse(text)) : Optional.empty();
  }

  /** Returns number and hash with a colon between them. */
  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}
