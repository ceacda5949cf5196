package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nines.Nines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {

  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void five() {
    file = directory.resolve("audit.log");
    write(Audit.to(file));
  }

  private static void write(Audit audit) {
    try (Nines nines = Services.named("checkout").install(audit).start()) {
      for (int at = 1; at <= 5; at++) {
        audit.record(
            "user:" + at, "order.place", "order:" + at, Audit.Outcome.SUCCESS, Map.of("cents", at));
      }
    }
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(file));
  }

  private void put(List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private List<String> findings() throws IOException {
    return AuditVerifier.verify(file, null).findings();
  }

  @Test
  void anIntactLogIsIntact() throws IOException {
    AuditVerification found = AuditVerifier.verify(file, null);

    assertThat(found.isIntact()).isTrue();
    assertThat(found.hasHead()).isTrue();
    assertThat(found.lines()).isEqualTo(5);
  }

  @Test
  void aBitThatIsTurnedAnywhereIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(file, changed);

      assertThat(AuditVerifier.verify(file, null).isIntact()).as("byte " + at).isFalse();
    }
  }

  @Test
  void aRemovedLineIsFoundWhereverItStood() throws IOException {
    List<String> all = lines();
    for (int at = 0; at < all.size(); at++) {
      List<String> fewer = new ArrayList<>(all);
      fewer.remove(at);
      put(fewer);

      assertThat(findings()).as("line " + (at + 1)).hasSize(1);
    }
  }

  @Test
  void linesThatChangedPlacesAreFound() throws IOException {
    List<String> all = lines();
    Collections.swap(all, 1, 3);
    put(all);

    assertThat(findings()).anyMatch(f -> f.startsWith("line 2: record 4 stands where 2 should"));
  }

  @Test
  void aLineThatComesTwiceIsFound() throws IOException {
    List<String> all = lines();
    all.add(3, all.get(2));
    put(all);

    assertThat(findings())
        .contains("line 4: record 3 stands where 4 should: records were removed, added or moved");
  }

  @Test
  void aWholeChainOfSomebodyElseIsFoundByTheHeadThatWasKnown() throws IOException {
    AuditHead known = AuditVerifier.verify(file, null).head();
    Files.delete(file);
    Files.delete(directory.resolve("audit.log.head"));
    write(Audit.to(file));

    assertThat(AuditVerifier.verify(file, null).isIntact()).isTrue();
    assertThat(
            AuditVerifier.verify(file, null, AuditHead.parse(known.toString())).findings())
        .containsExactly("line 5: record 5 is not the one that was known to stand here");
  }

  @Test
  void aChainMadeAnewWithoutTheKeyIsFound() throws IOException {
    AuditVerification found = AuditVerifier.verify(file, KEY);

    assertThat(found.found()).isEqualTo(5);
    assertThat(found.findings())
        .first()
        .isEqualTo("line 1: record 1 was changed, or written with another key");
  }

  @Test
  void aKeyedChainIsVerifiedWithItsKey() throws IOException {
    Path keyed = directory.resolve("keyed.log");
    write(Audit.to(keyed).keyed(KEY));

    assertThat(AuditVerifier.verify(keyed, KEY).isIntact()).isTrue();
    assertThat(AuditVerifier.verify(keyed, null).isIntact()).isFalse();
  }

  @Test
  void whatIsNoRecordIsFoundInBoundedMemory() throws IOException {
    Files.writeString(file, "x".repeat(5_000_000) + "\n" + "\n".repeat(1_000) + "{\"seq\":");

    AuditVerification found = AuditVerifier.verify(file, null);

    assertThat(found.found()).isGreaterThan(1_000);
    assertThat(found.findings()).hasSize(100).first().isEqualTo("line 1: is not an audit record");
  }

  @Test
  void aMissingHeadIsSaid() throws IOException {
    Files.writeString(directory.resolve("audit.log.head"), "torn");

    AuditVerification found = AuditVerifier.verify(file, null);

    assertThat(found.isIntact()).isTrue();
    assertThat(found.hasHead()).isFalse();
  }

  @Test
  void aHeadOfAnotherFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditHead.parse("5"))
        .withMessageContaining("head: 5");
  }
}
