package dev.nines.metrics;

import dev.nines.endpoint.AcceptItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats of an exposition. */
enum ScrapeFormat {
  /** What every scraper reads; carries no exemplars. */
  TEXT("text/plain", "version=", "0.0.4", "; charset=utf-8"),
  OPEN_METRICS("application/openmetrics-text", "version=", "1.0.0", "; charset=utf-8"),
  /** The only one that carries native histograms. */
  PROTOBUF(
      "application/vnd.google.protobuf",
      "proto=",
      "io.prometheus.client.MetricFamily",
      "; encoding=delimited");

  private final String mediaType;
  private final String key;
  private final String value;
  private final String rest;

  ScrapeFormat(String mediaType, String key, String value, String rest) {
    this.mediaType = mediaType;
    this.key = key;
    this.value = value;
    this.rest = rest;
  }

  /**
   * Returns the format that the client names and weighs most, the richer one of two equals; plain text if it names none.
   */
  static ScrapeFormat preferred(@Nullable String accept) {
    ScrapeFormat preferred = TEXT;
    if (accept == null) {
      return preferred;
    }
    List<AcceptItem> items = AcceptItem.parse(accept);
    double most = TEXT.quality(items);
    for (ScrapeFormat format : List.of(OPEN_METRICS, PROTOBUF)) {
      double quality = format.quality(items);
      if (quality > 0 && quality >= most) {
        preferred = format;
        most = quality;
      }
    }
    return preferred;
  }

  String contentType() {
    return mediaType + "; " + key + value + rest;
  }

  private double quality(List<AcceptItem> items) {
    double best = 0;
    for (AcceptItem item : items) {
      if (item.value().equals(mediaType) && item.allows(key, value)) {
        best = Math.max(best, item.quality());
      }
    }
    return best;
  }
}
