package dev.nines.logging;

import java.util.List;

/**
 * What {@link AuditVerifier} found.
 *
 * @param lines how many lines the file has
 * @param head its last record
 * @param first when its first record was written, as it stands there; empty if there is none
 * @param last when its last one was
 * @param hasHead whether the {@code .head} beside it could be read; without it, and without a head known from elsewhere,
 *     records taken off the end can't be missed
 * @param found how many things are wrong
 * @param findings what they are, the first hundred: where, and what
 */
public record AuditVerification(
    long lines,
    AuditHead head,
    String first,
    String last,
    boolean hasHead,
    int found,
    List<String> findings) {

  public AuditVerification {
    findings = List.copyOf(findings);
  }

  /** Returns whether nothing was changed, removed, added or moved. */
  public boolean isIntact() {
    return found == 0;
  }
}
