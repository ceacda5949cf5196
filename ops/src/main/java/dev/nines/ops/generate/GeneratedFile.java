package dev.nines.ops.generate;

import java.util.regex.Pattern;

/**
 * A file that follows from a declaration. Immutable.
 *
 * @param path where it belongs below the output directory, with {@code /} between the parts: {@code prometheus/rules.yaml}
 * @param content all of its text; ends with a line feed
 */
public record GeneratedFile(String path, String content) {

  /** Nothing that leads out of a directory, and nothing that a shell or a checksum file would have to quote. */
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*" + "(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  public GeneratedFile {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("path: '" + path
          + "' (expected: names of letters, digits, '.', '_' and '-' with '/' between them)");
    }
    if (!content.endsWith("\n")) {
      throw new IllegalArgumentException(
          "content: the last line of " + path + " is open (expected: a line feed at its end)");
    }
  }

  /** Returns whether this is the file, or lies in the directory, that a path names: {@code prometheus} holds all of it. */
  public boolean within(String fileOrDirectory) {
    return path.equals(fileOrDirectory) || path.startsWith(fileOrDirectory + "/");
  }
}
