package dev.nines.logging;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes the characters that JSON lets pass but that harm who reads lines as they are: those that some readers take for the
 * end of a line (next line, line separator, paragraph separator), control characters above ASCII, which terminals obey as
 * they obey an ANSI escape, DEL, and those that turn the direction of writing, so that a line would read otherwise than it
 * is. A parser gives them all back as they were.
 */
final class Escapes extends CharacterEscapes {

  private static final long serialVersionUID = 1L;

  private static final char DELETE = 0x7F;
  private static final char FIRST_CONTROL = 0x80;
  private static final char LAST_CONTROL = 0x9F;
  private static final char LINE_SEPARATOR = 0x2028;
  private static final char LAST_OVERRIDE = 0x202E;
  private static final char FIRST_ISOLATE = 0x2066;
  private static final char LAST_ISOLATE = 0x2069;

  private static final SerializableString[] CONTROLS = escapes(FIRST_CONTROL, LAST_CONTROL);
  private static final SerializableString[] SEPARATORS = escapes(LINE_SEPARATOR, LAST_OVERRIDE);
  private static final SerializableString[] ISOLATES = escapes(FIRST_ISOLATE, LAST_ISOLATE);

  private final int[] ascii = standardAsciiEscapesForJSON();

  Escapes() {
    ascii[DELETE] = ESCAPE_STANDARD;
  }

  private static SerializableString[] escapes(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(c -> new SerializedString(String.format("\\u%04X", c)))
        .toArray(SerializableString[]::new);
  }

  static boolean isEscaped(int c) {
    return c >= DELETE && (c <= LAST_CONTROL || c >= LINE_SEPARATOR && isEscapedPunctuation(c));
  }

  private static boolean isEscapedPunctuation(int c) {
    return c <= LAST_OVERRIDE || c >= FIRST_ISOLATE && c <= LAST_ISOLATE;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    if (c > LAST_CONTROL && c < LINE_SEPARATOR || c > LAST_ISOLATE) {
      return null;
    }
    if (c <= LAST_CONTROL) {
      return c >= FIRST_CONTROL ? CONTROLS[c - FIRST_CONTROL] : null;
    }
    if (c <= LAST_OVERRIDE) {
      return SEPARATORS[c - LINE_SEPARATOR];
    }
    return c >= FIRST_ISOLATE ? ISOLATES[c - FIRST_ISOLATE] : null;
  }
}
