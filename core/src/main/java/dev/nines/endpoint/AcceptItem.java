package dev.nines.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One element of an {@code Accept} or {@code Accept-Encoding} header. Nothing that a client sends is an error: a weight
 * that can't be read refuses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 * @param value media type or coding, in lower case
 * @param parameters the rest without blanks, in lower case, such as {@code version=1.0.0}
 * @param quality weight from 0 to 1; 0 refuses
 */
public record AcceptItem(String value, List<String> parameters, double quality) {

  private static final String QUALITY = "q=";

  /** Returns the elements of a header in their order. */
  public static List<AcceptItem> parse(String header) {
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

  /** Returns whether it gives the parameter {@code key}, which ends in {@code =}, that value, or none. */
  public boolean allows(String key, String wanted) {
    return parameters.contains(key + wanted.toLowerCase(Locale.ROOT))
        || parameters.stream().noneMatch(parameter -> parameter.startsWith(key));
  }

  private static double number(String text) {
    try {
      double quality = Double.parseDouble(text);
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0; // a weight that is none refuses
    }
  }
}
