package dev.nines.benchmarks.growth;

import java.util.Locale;

/**
 * What was measured for one number of something.
 *
 * @param count of it
 * @param startMillis until Nines was ready
 * @param heapKilobytes that Nines holds once each route, dependency and check was used
 * @param series shown by {@code /metrics}
 * @param nanos of processor time per request, with one guarded call
 * @param bytes allocated per request
 */
record Point(
    int count, double startMillis, double heapKilobytes, long series, double nanos, double bytes) {

  String line() {
    return String.format(
        Locale.ROOT,
        "%d %.3f %.1f %d %.1f %.1f",
        count,
        startMillis,
        heapKilobytes,
        series,
        nanos,
        bytes);
  }

  static Point parse(String line) {
    String[] words = line.trim().split(" ");
    return new Point(
        Integer.parseInt(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Long.parseLong(words[3]),
        Double.parseDouble(words[4]),
        Double.parseDouble(words[5]));
  }
}
