package dev.nines.metrics;

/** The values of {@code http_response_status_code}, made once. */
final class StatusLabel {

  /** The value where no status was sent; Prometheus takes an empty label for an absent one. */
  static final String NONE = "";

  private static final String OTHER = "_OTHER";
  private static final int FIRST = 100;
  private static final String[] LABELS = new String[500];

  static {
    for (int i = 0; i < LABELS.length; i++) {
      LABELS[i] = Integer.toString(FIRST + i);
    }
  }

  private StatusLabel() {}

  static String of(int status) {
    if (status == 0) {
      return NONE;
    }
    int place = status - FIRST;
    return place >= 0 && place < LABELS.length ? LABELS[place] : OTHER;
  }
}
