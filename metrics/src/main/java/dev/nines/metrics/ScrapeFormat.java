package dev.nines.metrics;

import org.jspecify.annotations.Nullable;

/** The formats of an exposition. */
enum ScrapeFormat {
  /** What every scraper reads; carries no exemplars. */
  TEXT("text/plain", "version=0.0.4"),
  OPEN_METRICS("application/openmetrics-text", "version=1.0.0");

  private final String mediaType;
  private final String version;

  ScrapeFormat(String mediaType, String version) {
    this.mediaType = mediaType;
    this.version = version;
  }

  /** Returns OpenMetrics where the client prefers it to plain text by name, else plain text, also if it asks for neither. */
  static ScrapeFormat preferred(@Nullable String accept) {
    if (accept == null) {
      return TEXT;
    }
    double openMetrics = OPEN_METRICS.quality(accept);
    return openMetrics > 0 && openMetrics >= TEXT.quality(accept) ? OPEN_METRICS : TEXT;
  }

  String contentType() {
    return mediaType + "; " + version + "; charset=utf-8";
  }

  private double quality(String accept) {
    double best = 0;
    for (AcceptItem item : AcceptItem.parse(accept)) {
      if (item.value().equals(mediaType) && item.allows(version)) {
        best = Math.max(best, item.quality());
      }
    }
    return best;
  }
}
