package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Conditional requests.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
final class EntityTags {

  private static final byte[] NOTHING = {};

  private EntityTags() {}

  /** Makes the tag of one representation: the stamp, and what tells it from the others of the same state. */
  static String weak(String stamp, String variant) {
    return "W/\"" + stamp + "-" + variant + "\"";
  }

  /** Returns the stamp in a tag, however much of it a client has kept. */
  static String stamp(String tag) {
    String opaque = opaque(tag);
    int dash = opaque.indexOf('-');
    return dash < 0 ? opaque : opaque.substring(0, dash);
  }

  /** Returns whether a client who names these tags has this answer already. A condition is heard for success only. */
  static boolean unchanged(EndpointResponse answer, @Nullable String ifNoneMatch) {
    String tag = answer.headers().get("ETag");
    if (ifNoneMatch == null || tag == null || answer.status() != 200) {
      return false;
    }
    return ifNoneMatch.strip().equals("*")
        || Arrays.stream(ifNoneMatch.split(","))
            .anyMatch(given -> opaque(given).equals(opaque(tag)));
  }

  static EndpointResponse notModified(EndpointResponse answer) {
    return new EndpointResponse(304, answer.contentType(), NOTHING, answer.headers());
  }

  private static String opaque(String tag) {
    String stripped = tag.strip();
    String bare = stripped.startsWith("W/") ? stripped.substring(2) : stripped;
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1) : bare;
  }
}
