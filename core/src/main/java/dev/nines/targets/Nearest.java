package dev.nines.targets;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one was probably meant to be. */
final class Nearest {

  /** More than this many letters apart, a guess would mislead. */
  private static final int MOST_EDITS = 3;

  private Nearest() {}

  /** Returns the nearest of the known names, if one is near; case does not count. */
  static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(name, k) <= mostEdits(k))
        .min(Comparator.comparingInt((String k) -> distance(name, k))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** A short name with three letters changed is another name. */
  private static int mostEdits(String known) {
    return Math.min(MOST_EDITS, Math.max(1, known.length() / 2));
  }

  /** Returns Levenshtein's distance. */
  private static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    if (Math.abs(from.length() - to.length()) > MOST_EDITS) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      nextRow(row, from.charAt(i - 1), i, to);
    }
    return row[to.length()];
  }

  private static void nextRow(int[] row, char letter, int number, String to) {
    int diagonal = row[0];
    row[0] = number;
    for (int j = 1; j <= to.length(); j++) {
      int replaced = diagonal + (letter == to.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
    }
  }
}
