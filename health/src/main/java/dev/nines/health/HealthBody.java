package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Makes answers of facts. Strangers get statuses, or one status alone where names are hidden; messages, times and counts
 * are for the authorized.
 *
 * <p>The entity tag is weak: it tells whether a status has changed, not whether a run of a check took a millisecond more.
 * It differs by format and by authorization, so that no cache hands one for another.
 */
final class HealthBody {

  /** Enough that two states of one instance never share a stamp. */
  private static final int STAMP_BYTES = 8;

  private final HealthJson json;
  private final HealthText text;
  private final boolean names;

  /** @param names whether strangers see the names of checks */
  HealthBody(ServiceIdentity identity, TimeSource time, boolean names) {
    Details details = new Details(time);
    this.json = new HealthJson(identity, details);
    this.text = new HealthText(identity, details);
    this.names = names;
  }

  boolean showsNames() {
    return names;
  }

  Told tell(Question question, Facts facts) {
    String stamp = stamp(question, facts);
    Map<Format, EndpointResponse> answers = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      answers.put(format, render(question, format, facts, stamp, false));
    }
    return new Told(stamp, answers);
  }

  /** Answers with all details. */
  EndpointResponse detailed(Question question, Format format, Facts facts, String stamp) {
    return render(question, format, facts, stamp, true);
  }

  String stamp(Question question, Facts facts) {
    MessageDigest digest = sha256();
    digest.update(bytes(question, Format.DEFAULT, facts, Shown.STATUSES));
    for (int i = 0; i < facts.components().size(); i++) {
      Instant since = facts.changes().get(i);
      if (question.shows(facts.components().get(i))) {
        digest.update(since.toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, STAMP_BYTES);
  }

  private EndpointResponse render(
      Question question, Format format, Facts facts, String stamp, boolean authorized) {
    Shown shown = authorized ? Shown.DETAILS : names ? Shown.STATUSES : Shown.NOTHING;
    String tag = EntityTags.weak(stamp, authorized ? format.letter() + "d" : format.letter());
    return new EndpointResponse(
        question.overall(facts).serves() ? 200 : 503,
        format.contentType(),
        bytes(question, format, facts, shown),
        Map.of(
            "Vary",
            "Accept",
            "ETag",
            tag,
            "Cache-Control",
            // Details are for one pair of eyes; statuses may be kept, but not trusted without
            // asking again.
            authorized ? "no-store" : "no-cache"));
  }

  private byte[] bytes(Question question, Format format, Facts facts, Shown shown) {
    return format == Format.TEXT
        ? text.write(question, facts, shown)
        : json.write(question, format, facts, shown);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** How much of each check an answer shows. */
  enum Shown {
    /** Not even that it exists. */
    NOTHING,
    STATUSES,
    DETAILS
  }
}
