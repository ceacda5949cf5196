package dev.nines.logging;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.lifecycle.CloseStage;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a record of who did what to what, in a file of its own that only grows: each line holds the hash of the line before
 * it, so one that is removed, changed or moved is found by {@link AuditVerifier} and by {@code nines audit verify FILE}.
 *
 * <pre>{@code
 * Audit audit = Audit.to(Path.of("/var/lib/checkout/audit.log"));
 * Nines nines = Nines.builder("checkout").install(audit).start();
 * audit.record("user:42", "order.cancel", "order:7", Audit.Outcome.SUCCESS, Map.of("reason", "fraud"));
 * }</pre>
 *
 * <p>A record is on the disk when {@link #record} returns; those who record at the same time share one flush. The file
 * belongs to one instance of the service, and is readable by its user alone. Beside it, {@code FILE.head} says where the
 * chain ends, so that nothing goes missing from its end; for one who could change both, the head is also told as an event
 * {@code audit_head} at start, at close and every 1,000 records, and so stands in the ordinary log. With
 * {@link #keyed(byte[])} nobody without the key can compute the chain anew.
 *
 * <p>Secrets in the details are redacted as in log lines. Names are cut at 1,024 bytes, texts in the details at 4 KiB,
 * structures at 64 members and 4 levels, the whole at 64 KiB; each cut is marked.
 *
 * <p>Thread-safe. Belongs to one service. Not to be rotated by renaming or truncating while the service runs; stop it, or
 * ship the lines elsewhere.
 */
public final class Audit implements Feature {

  /** How an action ended. */
  public enum Outcome {
    /** It was done. */
    SUCCESS,
    /** It was allowed, and failed. */
    FAILURE,
    /** It was not allowed. */
    DENIED;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
      return label;
    }
  }

  /** Often enough to bound what could vanish, seldom enough not to be noise. */
  private static final int RECORDS_BETWEEN_HEADS = 1_000;

  private final Path path;
  private final Set<String> redacting;
  private final byte @Nullable [] key;
  private final LongAdder records = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile @Nullable Open open;

  private Audit(Path path, Set<String> redacting, byte @Nullable [] key) {
    this.path = path;
    this.redacting = redacting;
    this.key = key;
  }

  /** Returns an audit log in that file, which is created if need be and otherwise goes on. */
  public static Audit to(Path file) {
    return new Audit(file, Set.of(), null);
  }

  /**
   * Hashes with a key, by HMAC-SHA-256, so that whoever can write the file can't compute the chain anew.
   *
   * @param secret at least 32 random bytes; copied
   */
  public Audit keyed(byte[] secret) {
    AuditHash.check(secret);
    return new Audit(path, redacting, secret.clone());
  }

  /** Redacts these names too, as {@link JsonLogging#redacting} does. */
  public Audit redacting(String... names) {
    Set<String> all = new TreeSet<>(redacting);
    for (String name : names) {
      all.add(SecretNames.normalized(name));
    }
    return new Audit(path, all, key);
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public void install(FeatureContext context) {
    if (open != null) {
      throw new IllegalStateException(
          "audit: " + path + " is installed already (expected: an Audit for each service)");
    }
    Open opened = new Open(
        AuditFile.open(path, key),
        new AuditEntry(new Redaction(redacting), context.identity()),
        context.time(),
        context.events());
    context.onClose(CloseStage.TELEMETRY, name(), this::close);
    context.instruments().publish(Metrics.AUDIT_RECORDS, records::sum, "written");
    context.instruments().publish(Metrics.AUDIT_RECORDS, failures::sum, "failed");
    open = opened;
    context.onStart(() -> tell(opened, opened.file().head()));
  }

  /**
   * Records what was done; see {@link #record(String, String, String, Outcome, Map)}.
   *
   * @throws AuditException if it could not be written
   */
  public void record(String actor, String action, String object, Outcome outcome) {
    record(actor, action, object, outcome, Map.of());
  }

  /**
   * Records what was done, and returns once it is on the disk. The trace that is current is recorded with it.
   *
   * @param actor who did it, such as {@code user:42}
   * @param action what was done, such as {@code order.cancel}
   * @param object what it was done to, such as {@code order:7}
   * @param outcome how it ended
   * @param details what else should be known of it
   * @throws AuditException if it could not be written: what asked for it should then not happen either
   * @throws IllegalStateException if this isn't installed in a service that runs
   */
  public void record(
      String actor, String action, String object, Outcome outcome, Map<String, ?> details) {
    Open now = open;
    if (now == null) {
      throw new IllegalStateException("audit: " + path
          + " is not open (expected: Nines.builder(…).install(audit), and a service that runs)");
    }
    ObjectNode entry = now.entry().of(actor, action, object, outcome, details);
    try {
      AuditHead head = now.file().append(now.time()::now, entry);
      recorded(now, head);
    } catch (IOException e) {
      refused(now, e);
      throw new AuditException(
          "audit: " + action + " was not recorded (expected: a disk that can be written)", e);
    }
  }

  private void recorded(Open now, AuditHead head) {
    records.increment();
    if (failing.get() && failing.compareAndSet(true, false)) {
      now.events().publish(event("audit_recovered", "Records are written again", head));
    }
    if (head.seq() % RECORDS_BETWEEN_HEADS == 0) {
      tell(now, head);
    }
  }

  private void refused(Open now, IOException failure) {
    failures.increment();
    if (failing.compareAndSet(false, true)) {
      now.events()
          .publish(new Event(
              "audit_failed",
              System.Logger.Level.ERROR,
              "A record could not be written to the audit log; the actions that need one fail",
              Map.of("file", String.valueOf(path.getFileName())),
              failure));
    }
  }

  private void tell(Open now, AuditHead head) {
    now.events().publish(event("audit_head", "The audit log ends at record " + head.seq(), head));
  }

  private Event event(String type, String message, AuditHead head) {
    return new Event(
        type,
        System.Logger.Level.INFO,
        message,
        Map.of("file", String.valueOf(path.getFileName()), "head", head.toString()));
  }

  private void close() throws IOException {
    Open now = open;
    if (now != null) {
      open = null;
      tell(now, now.file().head());
      now.file().close();
    }
  }

  /** What there is while the service runs. */
  private record Open(AuditFile file, AuditEntry entry, TimeSource time, EventBus events) {}
}
