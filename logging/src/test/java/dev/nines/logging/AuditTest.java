package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.telemetry.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTest {

  private static final Audit.Outcome SUCCESS = Audit.Outcome.SUCCESS;

  @TempDir
  private Path directory;

  private Path file;
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void name() {
    file = directory.resolve("audit.log");
  }

  private Nines service(Audit audit) {
    return Services.named("checkout")
        .install(new Listening(events))
        .install(audit)
        .start();
  }

  private List<JsonNode> records() throws IOException {
    return Lines.parse(Files.readString(file));
  }

  @Test
  void aRecordSaysWhoDidWhatToWhatAndHowItEnded() throws IOException {
    Audit audit = Audit.to(file);
    try (Nines nines = service(audit)) {
      audit.record(
          "user:42", "order.cancel", "order:7", Audit.Outcome.DENIED, Map.of("reason", "late"));
    }

    JsonNode only = records().get(0);
    assertThat(only.get("seq").asLong()).isEqualTo(1);
    assertThat(only.get("service").asString()).isEqualTo("checkout");
    assertThat(only.get("actor").asString()).isEqualTo("user:42");
    assertThat(only.get("action").asString()).isEqualTo("order.cancel");
    assertThat(only.get("object").asString()).isEqualTo("order:7");
    assertThat(only.get("outcome").asString()).isEqualTo("denied");
    assertThat(only.get("details").get("reason").asString()).isEqualTo("late");
    assertThat(only.get("timestamp").asString()).endsWith("Z");
    assertThat(only.get("previous").asString()).isEqualTo("0".repeat(64));
  }

  @Test
  void aRecordIsOnTheDiskWhenTheCallReturns() throws IOException {
    Audit audit = Audit.to(file);
    try (Nines nines = service(audit)) {
      audit.record("a", "b", "c", SUCCESS);

      assertThat(records()).hasSize(1);
      assertThat(AuditVerifier.verify(file, null).head().seq()).isEqualTo(1);
    }
  }

  @Test
  void theChainGoesOnAfterARestart() throws IOException {
    for (int run = 0; run < 3; run++) {
      Audit audit = Audit.to(file);
      try (Nines nines = service(audit)) {
        audit.record("a", "run", String.valueOf(run), SUCCESS);
      }
    }

    AuditVerification found = AuditVerifier.verify(file, null);
    assertThat(found.findings()).isEmpty();
    assertThat(found.head().seq()).isEqualTo(3);
  }

  @Test
  void recordsOfManyThreadsMakeOneChain() throws Exception {
    Audit audit = Audit.to(file);
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try (Nines nines = service(audit)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 32; thread++) {
        String actor = "user:" + thread;
        all.add(threads.submit(() -> IntStream.range(0, 40)
            .forEach(at -> audit.record(actor, "order.place", "order:" + at, SUCCESS))));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    AuditVerification found = AuditVerifier.verify(file, null);
    assertThat(found.findings()).isEmpty();
    assertThat(found.lines()).isEqualTo(32 * 40);
    assertThat(events)
        .filteredOn(event -> event.type().equals("audit_head"))
        .extracting(event -> event.fields().get("head").toString().replaceAll(":.*", ""))
        .containsExactly("0", "1000", "1280");
  }

  @Test
  void anInterruptedThreadStillRecordsAndKeepsItsInterrupt() throws IOException {
    Audit audit = Audit.to(file);
    try (Nines nines = service(audit)) {
      Thread.currentThread().interrupt();
      audit.record("a", "b", "c", SUCCESS);
      assertThat(Thread.interrupted()).isTrue();
      audit.record("a", "b", "c", SUCCESS);
    }

    assertThat(records()).hasSize(2);
  }

  @Test
  void secretsAreRedactedByNameAndByShapeAtEveryDepth() throws IOException {
    Audit audit = Audit.to(file).redacting("pin");
    try (Nines nines = service(audit)) {
      audit.record(
          "user:42",
          "login with Bearer abcdef0123456789abcdef",
          "postgres://app:hunter2@db/orders",
          SUCCESS,
          Map.of(
              "password",
              "hunter2",
              "PIN",
              1234,
              "cards",
              List.of(4111111111111111L, "4111 1111 1111 1111"),
              "inner",
              Map.of("api-key", "hunter2", "note", "token=hunter2")));
    }

    assertThat(Files.readString(file))
        .doesNotContain("hunter2")
        .doesNotContain("1234\"")
        .doesNotContain(":1234,")
        .doesNotContain("4111")
        .doesNotContain("abcdef0123456789abcdef")
        .contains("[REDACTED]");
  }

  @Test
  void whateverIsRecordedFitsOneLineOfBoundedLength() throws IOException {
    String huge = "\uD83D\uDE00\n\u0000\u2028\uDC00".repeat(20_000);
    Map<String, Object> many = new java.util.LinkedHashMap<>();
    IntStream.range(0, 100).forEach(at -> many.put("key" + at + huge, huge));
    Map<String, Object> cyclic = new java.util.HashMap<>();
    cyclic.put("self", cyclic);
    Audit audit = Audit.to(file);
    try (Nines nines = service(audit)) {
      audit.record(huge, huge, huge, SUCCESS, Map.of("text", huge));
      audit.record("a", "b", "c", SUCCESS, many);
      audit.record("a", "b", "c", SUCCESS, cyclic);
      audit.record("a", "b", "c", SUCCESS, Map.of("fails", new Object() {
        @Override
        public String toString() {
          throw new IllegalStateException("no text");
        }
      }));
    }

    assertThat(Files.readAllLines(file)).hasSize(4).allMatch(line -> line.length() < 1 << 16);
    assertThat(records().get(1).get("details").get("_omitted").asString()).endsWith(" bytes");
    assertThat(AuditVerifier.verify(file, null).isIntact()).isTrue();
  }

  @Test
  void onlyTheServicesUserMayReadIt() throws IOException {
    try (Nines nines = service(Audit.to(file))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondWriterIsRefused() {
    try (Nines nines = service(Audit.to(file))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> service(Audit.to(file)))
          .withMessageContaining("being written by somebody else");
    }
  }

  @Test
  void aFileThatIsNoAuditLogIsRefusedAndLeftAsItWas() throws IOException {
    for (String foreign : List.of("hello\n", "hello", "{\"seq\":1}\n", "x".repeat(300_000))) {
      Files.writeString(file, foreign);

      assertThatIllegalStateException()
          .isThrownBy(() -> service(Audit.to(file)))
          .withMessageContaining("nines audit verify");

      assertThat(file).hasContent(foreign);
    }
  }

  @Test
  void halfALineLeftByACrashIsSetAsideAndTheChainGoesOn() throws IOException {
    Audit before = Audit.to(file);
    try (Nines nines = service(before)) {
      before.record("a", "b", "c", SUCCESS);
    }
    String torn = "{\"seq\":2,\"timest";
    Files.writeString(file, Files.readString(file) + torn);

    Audit after = Audit.to(file);
    try (Nines nines = service(after)) {
      after.record("a", "b", "c", SUCCESS);
    }

    assertThat(AuditVerifier.verify(file, null).isIntact()).isTrue();
    assertThat(records()).hasSize(2);
    try (var files = Files.list(directory)) {
      assertThat(files.filter(path -> path.getFileName().toString().contains(".torn-")))
          .singleElement()
          .satisfies(path -> assertThat(path).hasContent(torn));
    }
  }

  @Test
  void aChainWhoseEndWasTakenAwayDoesNotGoOn() throws IOException {
    Audit before = Audit.to(file);
    try (Nines nines = service(before)) {
      before.record("a", "b", "1", SUCCESS);
      before.record("a", "b", "2", SUCCESS);
    }
    Files.writeString(file, Files.readAllLines(file).get(0) + "\n");

    assertThatIllegalStateException()
        .isThrownBy(() -> service(Audit.to(file)))
        .withMessageContaining("ends at record 1 (expected: record 2");
  }

  @Test
  void aDiskThatTakesNothingFailsTheActionAndIsTold() throws IOException {
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    Audit audit = Audit.to(file);
    try (Nines nines = service(audit)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> audit.record("a", "order.cancel", "c", SUCCESS))
            .isInstanceOf(AuditException.class)
            .hasMessageContaining("order.cancel was not recorded");
      }
    }

    assertThat(events).extracting(Event::type).containsOnlyOnce("audit_failed");
  }

  @Test
  void recordingBeforeTheStartOrAfterTheEndSaysWhatIsMissing() {
    Audit audit = Audit.to(file);

    assertThatIllegalStateException()
        .isThrownBy(() -> audit.record("a", "b", "c", SUCCESS))
        .withMessageContaining("install(audit)");
    service(audit).close();
    assertThatIllegalStateException().isThrownBy(() -> audit.record("a", "b", "c", SUCCESS));
  }

  @Test
  void aShortKeyIsRefusedWithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.to(file).keyed("short-secret".getBytes(StandardCharsets.UTF_8)))
        .withMessage("audit.key: 12 bytes (expected: at least 32 random bytes)");
  }

  /** Hears what the service tells. */
  private record Listening(List<Event> events) implements Feature {

    @Override
    public String name() {
      return "listening";
    }

    @Override
    public void install(FeatureContext context) {
      context.events().render(events::add);
    }
  }
}
