package dev.nines.health;

import dev.nines.endpoint.AcceptItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms in which health is told, the one that we prefer first. */
enum Format {
  /** Our own, the default. */
  DEFAULT("application/json", "j"),
  /**
   * The draft's.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06">health check response format</a>
   */
  DRAFT("application/health+json", "h"),
  /** The status on the first line, then one line for each check. */
  TEXT("text/plain", "t");

  private final String mediaType;
  private final String letter;

  Format(String mediaType, String letter) {
    this.mediaType = mediaType;
    this.letter = letter;
  }

  String contentType() {
    return this == TEXT ? mediaType + "; charset=utf-8" : mediaType;
  }

  /** Returns what tells its entity tags from those of the other forms. */
  String letter() {
    return letter;
  }

  /**
   * Chooses by an {@code Accept} header: the highest weight; of equal ones what was named more closely, then what stands
   * first. Each form has the weight of the closest range that it fits, so that {@code application/json;q=0} refuses it
   * whatever a wildcard says.
   *
   * <p>Where nothing fits, the default is sent, which RFC 9110 allows beside 406: a probe with an odd header must not take
   * an instance out of traffic.
   */
  static Format accepted(@Nullable String accept) {
    if (accept == null) {
      return DEFAULT;
    }
    List<AcceptItem> items = AcceptItem.parse(accept);
    Fit best = DEFAULT.fit(items);
    Format chosen = DEFAULT;
    for (Format format : values()) {
      Fit fit = format.fit(items);
      if (fit.beats(best)) {
        best = fit;
        chosen = format;
      }
    }
    return chosen;
  }

  private Fit fit(List<AcceptItem> items) {
    Fit closest = Fit.NONE;
    for (int i = 0; i < items.size(); i++) {
      int closeness = closeness(items.get(i).value());
      if (closeness > closest.closeness) {
        closest = new Fit(items.get(i).quality(), closeness, i);
      }
    }
    return closest;
  }

  private int closeness(String range) {
    if (range.equals(mediaType)) {
      return 3;
    }
    String type = mediaType.substring(0, mediaType.indexOf('/'));
    return range.equals(type + "/*") ? 2 : range.equals("*/*") ? 1 : 0;
  }

  /** How a form fits a header: the weight, how closely it was named (0: not at all), and where. */
  private record Fit(double quality, int closeness, int position) {

    static final Fit NONE = new Fit(0, 0, Integer.MAX_VALUE);

    boolean beats(Fit other) {
      if (quality != other.quality) {
        return quality > other.quality;
      }
      if (quality == 0) {
        return false;
      }
      return closeness != other.closeness ? closeness > other.closeness : position < other.position;
    }
  }
}
