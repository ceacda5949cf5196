package dev.nines.health;

import org.jspecify.annotations.Nullable;

/** The forms in which health is told. */
enum Format {
  /** Our own, the default. */
  DEFAULT("application/json"),
  /**
   * The draft's; only for who names it.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06">health check response format</a>
   */
  DRAFT("application/health+json");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** Chooses by an {@code Accept} header. Wildcards get the default; of two equals, the draft was asked for by name. */
  static Format accepted(@Nullable String accept) {
    if (accept == null || !accept.contains(DRAFT.contentType)) {
      return DEFAULT;
    }
    double draft = 0;
    double plain = 0;
    for (String range : accept.split(",")) {
      String type = range.split(";", 2)[0].trim();
      if (type.equals(DRAFT.contentType)) {
        draft = Math.max(draft, quality(range));
      } else if (type.equals(DEFAULT.contentType) || type.endsWith("/*")) {
        plain = Math.max(plain, quality(range));
      }
    }
    return draft > 0 && draft >= plain ? DRAFT : DEFAULT;
  }

  /** Returns a range's {@code q}: 1 if it has none, 0 if it cannot be read. */
  private static double quality(String range) {
    for (String parameter : range.split(";")) {
      String trimmed = parameter.trim();
      if (trimmed.startsWith("q=") || trimmed.startsWith("Q=")) {
        return number(trimmed.substring(2));
      }
    }
    return 1;
  }

  private static double number(String text) {
    try {
      double quality = Double.parseDouble(text);
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
