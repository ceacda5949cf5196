package dev.nines.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.prometheus.RealPrometheus;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A week of a service in a real Prometheus, of which everything is known: 10 requests a second, of which four fifths are
 * {@code GET /orders} and one fifth {@code POST /orders}; a failure every five minutes on the latter; on the second day 20
 * minutes in which half of all fails; on the fourth 4 minutes in which it is not ready and nobody comes; three deployments, of
 * which the second is rolled back after half an hour. An hour before it is there as well, so that nothing begins in it.
 */
final class SyntheticWeek {

  static final Duration WEEK = Duration.ofDays(7);
  static final Instant END = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  static final Instant BEGIN = END.minus(WEEK);
  static final Instant OUTAGE = BEGIN.plus(Duration.ofHours(36));
  static final Instant UNREADY = BEGIN.plus(Duration.ofHours(78));
  static final Instant SECOND = BEGIN.plus(Duration.ofHours(10));
  static final Instant THIRD = BEGIN.plus(Duration.ofHours(63));
  static final Instant FOURTH = BEGIN.plus(Duration.ofHours(105));

  static final int MINUTES = 7 * 24 * 60;
  static final double GETS = 480;
  static final double POSTS = 120;
  static final double REQUESTS = (MINUTES - 4) * (GETS + POSTS);
  static final double TRICKLE = (MINUTES - 5) / 5.0;
  static final double BAD = 20 * (GETS + POSTS) / 2 + TRICKLE;

  private static final double[] BOUNDS = {0.1, 0.2, 0.5, 1};
  private static final double[] GET_WITHIN = {0.9, 0.97, 0.995, 1};
  private static final double[] POST_WITHIN = {0.5, 0.9, 0.98, 1};

  private final Map<String, Double> counters = new LinkedHashMap<>();
  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  private SyntheticWeek() {}

  /** Starts a Prometheus with the week in a directory. */
  static RealPrometheus in(Path directory) throws IOException, InterruptedException {
    Path text = directory.resolve("week.om");
    new SyntheticWeek().write(text);
    Process promtool = new ProcessBuilder(
            "promtool",
            "tsdb",
            "create-blocks-from",
            // It reads the whole file once for each block.
            "--max-block-duration=192h",
            "openmetrics",
            "--quiet",
            text.toString(),
            directory.resolve("data").toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    Files.delete(text);
    return new RealPrometheus(directory, "  []\n");
  }

  private void write(Path file) throws IOException {
    for (int minute = -60; minute <= MINUTES; minute++) {
      Instant at = BEGIN.plus(Duration.ofMinutes(minute));
      if (minute > -60) {
        passed(BEGIN.plus(Duration.ofMinutes(minute - 1)), minute);
      } else {
        minute(0, 0, 0, 0);
      }
      counters.forEach((series, value) -> sample(series, value, at));
      sample("nines_ready{job=\"checkout\"}", isIn(at, UNREADY, 4) ? 0 : 1, at);
      sample("nines_build_info{job=\"checkout\",version=\"" + version(at) + "\"}", 1, at);
    }
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (var family : families.entrySet()) {
        writer.write("# TYPE " + family.getKey() + " unknown\n");
        writer.append(family.getValue());
      }
      writer.write("# EOF\n");
    }
  }

  private void passed(Instant from, int minute) {
    if (isIn(from, UNREADY, 4)) {
      return;
    }
    double trickle = minute % 5 == 0 && !isIn(from, OUTAGE, 20) ? 1 : 0;
    double failing = isIn(from, OUTAGE, 20) ? 0.5 : 0;
    minute(
        GETS * (1 - failing),
        GETS * failing,
        POSTS * (1 - failing) - trickle,
        POSTS * failing + trickle);
  }

  private void minute(double gets, double badGets, double posts, double badPosts) {
    double good = gets + posts;
    promise("errors", good, badGets + badPosts);
    double overP95 = gets * (1 - GET_WITHIN[1]) + posts * (1 - POST_WITHIN[1]);
    double overP99 = gets * (1 - GET_WITHIN[2]) + posts * (1 - POST_WITHIN[2]);
    promise("latency_p95", good - overP95, overP95);
    promise("latency_p99", good - overP99, overP99);
    route("GET", gets, badGets, GET_WITHIN);
    route("POST", posts, badPosts, POST_WITHIN);
  }

  private void promise(String objective, double good, double bad) {
    String labels = "{job=\"checkout\",objective=\"" + objective + "\",route_class=\"default\"}";
    count("nines_requests_good_total" + labels, good);
    count("nines_requests_bad_total" + labels, bad);
  }

  private void route(String method, double good, double bad, double[] within) {
    String labels =
        "job=\"checkout\",http_request_method=\"" + method + "\",http_route=\"/orders\"";
    String metric = "http_server_request_duration_seconds";
    for (int i = 0; i < BOUNDS.length; i++) {
      count(metric + "_bucket{" + labels + ",le=\"" + BOUNDS[i] + "\"}", good * within[i]);
    }
    count(metric + "_bucket{" + labels + ",le=\"+Inf\"}", good);
    count(metric + "_count{" + labels + "}", good);
    count(metric + "_count{" + labels + ",error_type=\"500\"}", bad);
    springs(method, good, bad, within);
  }

  /** The same requests of another service, under Spring Boot's name. */
  private void springs(String method, double good, double bad, double[] within) {
    String labels = "job=\"boot\",method=\"" + method + "\",uri=\"/orders\",exception=\"none\"";
    String metric = "http_server_requests_seconds";
    for (int i = 0; i < BOUNDS.length; i++) {
      count(
          metric + "_bucket{" + labels + ",status=\"200\",le=\"" + BOUNDS[i] + "\"}",
          good * within[i]);
    }
    count(metric + "_bucket{" + labels + ",status=\"200\",le=\"+Inf\"}", good);
    count(metric + "_count{" + labels + ",status=\"200\"}", good);
    count(metric + "_count{" + labels + ",status=\"500\"}", bad);
  }

  private void count(String series, double more) {
    counters.merge(series, more, Double::sum);
  }

  private void sample(String series, double value, Instant at) {
    String family = series.substring(0, series.indexOf('{'));
    families
        .computeIfAbsent(family, name -> new StringBuilder())
        .append(series)
        .append(' ')
        .append(String.format(Locale.ROOT, "%.3f", value))
        .append(' ')
        .append(at.getEpochSecond())
        .append('\n');
  }

  private static boolean isIn(Instant at, Instant from, int minutes) {
    return !at.isBefore(from) && at.isBefore(from.plus(Duration.ofMinutes(minutes)));
  }

  private static String version(Instant at) {
    if (at.isBefore(SECOND)) {
      return "1.0";
    }
    if (isIn(at, THIRD, 30)) {
      return "1.2";
    }
    return at.isBefore(FOURTH) ? "1.1" : "1.3";
  }
}
