package dev.nines.saturation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringTokenizer;

/** Reads the small text files in which the kernel speaks of itself. What is missing or unreadable is empty. */
final class KernelFile {

  private KernelFile() {}

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException | SecurityException e) {
      return List.of(); // no such controller, or not for us: the caller asks the next source
    }
  }

  /** Returns the number that a file holds; {@code max} is no number. */
  static OptionalDouble number(Path file) {
    return lines(file).stream()
        .limit(1)
        .mapToDouble(line -> word(line, 0))
        .filter(known())
        .findFirst();
  }

  /** Returns the number behind a key, as in {@code MemTotal: 5 kB} or {@code inactive_file 5}. */
  static OptionalDouble field(Path file, String key) {
    return lines(file).stream()
        .filter(line -> line.startsWith(key) && line.length() > key.length())
        .filter(line -> !Character.isLetterOrDigit(line.charAt(key.length()))
            && line.charAt(key.length()) != '_')
        .mapToDouble(line -> word(line, 1))
        .filter(known())
        .findFirst();
  }

  /** Returns a word of a line as a number, NaN if it is none. */
  static double word(String line, int index) {
    StringTokenizer words = new StringTokenizer(line);
    for (int i = 0; i < index && words.hasMoreTokens(); i++) {
      words.nextToken();
    }
    try {
      return words.hasMoreTokens() ? Double.parseDouble(words.nextToken()) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static java.util.function.DoublePredicate known() {
    return value -> !Double.isNaN(value);
  }
}
