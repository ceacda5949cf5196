package dev.nines.logging;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes the characters that JSON lets pass but that some readers take for the end of a line: next line, line separator and
 * paragraph separator. One event stays one line for everybody.
 */
final class LineBreakEscapes extends CharacterEscapes {

  private static final long serialVersionUID = 1L;

  private static final SerializableString NEXT_LINE = new SerializedString("\\u0085");
  private static final SerializableString LINE_SEPARATOR = new SerializedString("\\u2028");
  private static final SerializableString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

  static boolean isEscaped(int c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return standardAsciiEscapesForJSON();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int c) {
    return switch (c) {
      case 0x85 -> NEXT_LINE;
      case 0x2028 -> LINE_SEPARATOR;
      case 0x2029 -> PARAGRAPH_SEPARATOR;
      default -> null;
    };
  }
}
