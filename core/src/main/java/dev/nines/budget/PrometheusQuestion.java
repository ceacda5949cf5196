package dev.nines.budget;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked of Prometheus, and what its answer says: the increase of each counter over the burn rates' windows and the
 * budget's own, and for how much of the latter there was anything to count.
 */
final class PrometheusQuestion {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String KIND = "nines_kind";
  private static final String WINDOW = "nines_window";
  private static final String GOOD = "good";
  private static final String BAD = "bad";
  private static final String SEEN = "seen";

  /** Points at which it is asked whether there was a sample; an hour apart with 30 days. */
  private static final int POINTS = 720;

  private final Ledger ledger;
  private final String matchers;
  private final List<Duration> ages;

  PrometheusQuestion(Ledger ledger, String matchers) {
    this.ledger = ledger;
    this.matchers = matchers;
    this.ages = Stream.concat(
            Stream.of(BurnWindow.values()).map(window -> window.length), Stream.of(ledger.window()))
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  String query() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < ages.size(); i++) {
      parts.add(increase(Metrics.REQUESTS_GOOD, GOOD, i));
      parts.add(increase(Metrics.REQUESTS_BAD, BAD, i));
    }
    Duration step = ledger.window().dividedBy(POINTS);
    parts.add(labelled(
        "count_over_time(max(" + Metrics.REQUESTS_GOOD.name() + "{" + matchers + "})["
            + seconds(ledger.window()) + ":" + seconds(step) + "]) / " + POINTS,
        SEEN,
        ages.size() - 1));
    return String.join(" or ", parts);
  }

  /**
   * Reads the answer.
   *
   * @throws IOException if it is none, or knows nothing of the service; the message says which
   */
  Past past(byte[] answer) throws IOException {
    try {
      JsonNode result = JSON.readTree(answer).path("data").path("result");
      if (!result.isArray()) {
        throw new IOException("no answer of a Prometheus");
      }
      if (result.isEmpty()) {
        throw new IOException("nothing known of " + matchers);
      }
      return past(result);
    } catch (RuntimeException nonsense) {
      throw new IOException("no answer of a Prometheus", nonsense);
    }
  }

  private Past past(JsonNode result) {
    Map<String, Objective> objectives = ledger.objectives().stream()
        .collect(Collectors.toMap(o -> key(o.name, o.routeClass), Function.identity()));
    long[][] since = new long[ages.size() + 1][ledger.counters()];
    for (JsonNode series : result) {
      JsonNode labels = series.path("metric");
      int row = Integer.parseInt(labels.path(WINDOW).asString()) + 1;
      double value = Double.parseDouble(series.path("value").path(1).asString());
      String kind = labels.path(KIND).asString();
      Objective objective = objectives.get(
          key(labels.path("objective").asString(""), labels.path("route_class").asString("")));
      if (kind.equals(SEEN)) {
        seen(since, Math.min(1, value));
      } else if (objective != null) {
        since[row][objective.slot + (kind.equals(BAD) ? 1 : 0)] = count(value);
      }
    }
    return new Past(moments(), rising(since));
  }

  /** What was seen is taken to be the latest part of the window. */
  private void seen(long[][] since, double share) {
    double seen = share * ledger.window().toNanos();
    for (int i = 0; i < ages.size(); i++) {
      since[i + 1][ledger.counters() - 1] = (long) Math.min(seen, ages.get(i).toNanos());
    }
  }

  /** Prometheus extrapolates each increase for itself, so that a longer one may come out smaller by a hair. */
  private static long[][] rising(long[][] since) {
    for (int row = 1; row < since.length; row++) {
      for (int i = 0; i < since[row].length; i++) {
        since[row][i] = Math.max(since[row][i], since[row - 1][i]);
      }
    }
    return since;
  }

  private long[] moments() {
    long now = ledger.nowNanos();
    return Stream.concat(Stream.of(Duration.ZERO), ages.stream())
        .mapToLong(age -> now - age.toNanos())
        .toArray();
  }

  private String increase(Metric counter, String kind, int age) {
    return labelled(
        "sum by (objective, route_class) (increase(" + counter.name() + "{" + matchers + "}["
            + seconds(ages.get(age)) + "]))",
        kind,
        age);
  }

  private static String labelled(String expression, String kind, int age) {
    return "label_replace(label_replace(" + expression + ", \"" + KIND + "\", \"" + kind
        + "\", \"\", \"\"), \"" + WINDOW + "\", \"" + age + "\", \"\", \"\")";
  }

  private static String seconds(Duration duration) {
    return Math.max(1, duration.toSeconds()) + "s";
  }

  private static long count(double value) {
    if (!(value >= 0) || value > 1e15) {
      throw new IllegalArgumentException("count: " + value + " (expected: at least 0)");
    }
    return Math.round(value);
  }

  private static String key(String objective, String routeClass) {
    return objective + " of " + routeClass;
  }
}
