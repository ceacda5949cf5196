package dev.nines.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One element of an {@code Accept} or {@code Accept-Encoding} header.
 *
 * @param value media type or coding, in lower case
 * @param parameters the rest without blanks, in lower case, such as {@code version=1.0.0}
 * @param quality weight from 0 to 1; 0 refuses
 */
record AcceptItem(String value, List<String> parameters, double quality) {

  private static final String VERSION = "version=";
  private static final String QUALITY = "q=";

  static List<AcceptItem> parse(String header) {
    List<AcceptItem> items = new ArrayList<>();
    for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = element.split(";");
      List<String> parameters = new ArrayList<>();
      double quality = 1;
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip();
        if (parameter.startsWith(QUALITY)) {
          quality = number(parameter.substring(QUALITY.length()));
        } else {
          parameters.add(parameter);
        }
      }
      items.add(new AcceptItem(parts.length == 0 ? "" : parts[0].strip(), parameters, quality));
    }
    return items;
  }

  /** Returns whether it names that version, or none. */
  boolean allows(String version) {
    return parameters.contains(version)
        || parameters.stream().noneMatch(parameter -> parameter.startsWith(VERSION));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // a weight that is none refuses; plain text remains
    }
  }
}
