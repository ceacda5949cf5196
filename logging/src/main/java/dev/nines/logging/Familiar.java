package dev.nines.logging;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Short texts that come again and again: names of fields, loggers, threads, the service. Remembers how they are written and
 * whether they name a secret, so that neither is looked for in each line. One that isn't found takes the place of the oldest of
 * the four that share its places: if it were of one, a third of all services had two texts that drive each other out.
 *
 * <p>Thread-safe: what is remembered is immutable.
 */
final class Familiar {

  /** Longer ones aren't remembered: 512 of these are at most some 300 KiB. */
  static final int LONGEST = 128;

  private static final int SETS = 128;
  private static final int WAYS = 4;
  private static final int SPREAD = 0x9E3779B9;

  private final AtomicReferenceArray<@Nullable Known> places =
      new AtomicReferenceArray<>(SETS * WAYS);
  private final Redaction redaction;

  /**
   * What is known of a text.
   *
   * @param text as it came
   * @param clean without secrets, whole characters
   * @param written the same, as bytes of a line
   * @param bytes how many it takes there
   * @param secret whether it is a secret's name
   */
  record Known(String text, String clean, SerializableString written, int bytes, boolean secret) {}

  Familiar(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Returns what is known; null of a text that is too long, or has characters with escapes of ours. */
  @Nullable
  Known of(String text) {
    int first = (text.hashCode() * SPREAD >>> Integer.SIZE - 7) * WAYS;
    for (int place = first; place < first + WAYS; place++) {
      Known known = places.getPlain(place);
      if (known != null && (known.text == text || known.text.equals(text))) {
        return known;
      }
    }
    return text.length() > LONGEST ? null : learn(text, first);
  }

  private @Nullable Known learn(String text, int first) {
    long measure = Text.measure(text);
    int bytes = Text.bytes(measure);
    if (bytes != text.length() || Text.isMalformed(measure)) {
      return null; // the generator knows how to escape it
    }
    String clean = redaction.text(text);
    Known known = new Known(
        text, clean, new SerializedString(clean), clean.length(), redaction.isSecret(text));
    for (int place = first + WAYS - 1; place > first; place--) {
      places.set(place, places.getPlain(place - 1));
    }
    places.set(first, known);
    return known;
  }
}
