package dev.nines.meter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The values that a label has so far, within its bound. Thread-safe. */
final class LabelValues {

  /** In characters; what is longer is no name of anything. */
  static final int LONGEST = 128;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Label label;

  LabelValues(Label label) {
    this.label = label;
    known.addAll(label.values());
  }

  /** Returns the value if it is within the bound, else {@code _OTHER}. */
  String bounded(@Nullable String value) {
    if (value == null) {
      return Label.OTHER;
    }
    if (known.contains(value)) {
      return value;
    }
    boolean full = label.isClosed() || known.size() >= label.most();
    return full || !isUsable(value) ? Label.OTHER : add(value);
  }

  private synchronized String add(String value) {
    return known.size() < label.most() && known.add(value) || known.contains(value)
        ? value
        : Label.OTHER;
  }

  /** Prometheus takes an empty label for an absent one, and half a surrogate pair is no text. */
  static boolean isUsable(String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST
        && value.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
