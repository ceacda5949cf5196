package dev.nines.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's {@code wrk} on the second core. */
final class Wrk {

  private static final int CONNECTIONS = 16;
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)\\b");
  private static final Pattern COUNT = Pattern.compile("(\\d+) requests in");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern BAD = Pattern.compile("Non-2xx|Socket errors");

  private Wrk() {}

  /** What it has counted. */
  record Answered(long requests, double perSecond, double p99Millis) {}

  /** Sends requests as fast as they are answered. */
  static Answered flood(URI uri, Duration time) throws IOException {
    Process process = new ProcessBuilder(
            "taskset",
            "-c",
            "1",
            "wrk",
            "--latency",
            "-t1",
            "-c" + CONNECTIONS,
            "-d" + time.toSeconds() + "s",
            uri.toString())
        .redirectErrorStream(true)
        .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (BAD.matcher(text).find()) {
      throw new IOException("not every request was answered with 200:\n" + text);
    }
    return new Answered(
        Long.parseLong(find(COUNT, text).group(1)),
        Double.parseDouble(find(RATE, text).group(1)),
        millis(find(P99, text)));
  }

  private static double millis(Matcher value) {
    double number = Double.parseDouble(value.group(1));
    return switch (value.group(2)) {
      case "us" -> number / 1_000;
      case "ms" -> number;
      default -> number * 1_000;
    };
  }

  private static Matcher find(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("wrk has not said " + pattern + ":\n" + text);
    }
    return matcher;
  }
}
