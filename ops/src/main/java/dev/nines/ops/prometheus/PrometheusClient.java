package dev.nines.ops.prometheus;

import dev.nines.ops.http.Answer;
import dev.nines.ops.http.BoundedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of Prometheus' HTTP API, for instant and range queries. Immutable and thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">Prometheus, HTTP API</a>
 */
public final class PrometheusClient {

  /** Default of {@link #timeLimit}. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  /** Most points that Prometheus gives for one series of a range query. */
  public static final int MOST_POINTS = 11_000;

  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final int SHOWN = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI server;
  private final String authorization;
  private final Duration limit;
  private final BoundedHttp http;

  private PrometheusClient(URI server, String authorization, Duration limit) {
    this.server = BoundedHttp.address("prometheus", server);
    this.authorization = authorization;
    this.limit = limit;
    this.http = new BoundedHttp(limit, MOST_BYTES);
  }

  /**
   * Returns a client of the Prometheus at this address, or of what speaks its API (Thanos, Mimir).
   *
   * @throws IllegalArgumentException unless it is an address of http or https without a password
   */
  public static PrometheusClient at(URI server) {
    return new PrometheusClient(server, "", TIME_LIMIT);
  }

  /** Returns the same, sending this header {@code Authorization}, such as {@code Bearer …}; it is never shown. */
  public PrometheusClient authorization(String header) {
    return new PrometheusClient(server, header, limit);
  }

  /** Returns the same, waiting no longer than this for an answer. */
  public PrometheusClient timeLimit(Duration most) {
    return new PrometheusClient(server, authorization, most);
  }

  /** Returns the address. */
  public URI server() {
    return server;
  }

  /**
   * Asks for the value of each series at one time.
   *
   * @throws PrometheusException if there is no answer, or a query is refused
   */
  public List<Sample> query(String promQl, Instant at) throws IOException, InterruptedException {
    JsonNode result = ask("/api/v1/query", Map.of("query", promQl, "time", seconds(at)));
    List<Sample> samples = new ArrayList<>();
    for (JsonNode series : result) {
      Map<String, String> labels = labels(series.path("metric"));
      String name = labels.containsKey("__name__") ? labels.remove("__name__") : "";
      samples.add(new Sample(name, labels, number(series.path("value"))));
    }
    return samples;
  }

  /**
   * Asks for the values of each series at times a step apart.
   *
   * @throws PrometheusException if there is no answer, or a query is refused
   */
  public List<Series> queryRange(String promQl, Instant from, Instant to, Duration step)
      throws IOException, InterruptedException {
    Map<String, String> form = Map.of(
        "query",
        promQl,
        "start",
        seconds(from),
        "end",
        seconds(to),
        "step",
        String.valueOf(step.toMillis() / 1000.0));
    List<Series> all = new ArrayList<>();
    for (JsonNode series : ask("/api/v1/query_range", form)) {
      all.add(new Series(labels(series.path("metric")), points(series.path("values"))));
    }
    return all;
  }

  private JsonNode ask(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    Answer answer = send(path, form);
    JsonNode json = read(answer);
    if (!json.path("status").asString("").equals("success")) {
      throw failed(shortened(json.path("error").asString("status " + answer.status())), null);
    }
    JsonNode result = json.path("data").path("result");
    if (!result.isArray()) {
      throw failed("no answer of a Prometheus", null);
    }
    return result;
  }

  private Answer send(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(BoundedHttp.below(server, path))
        .timeout(limit)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return http.send(request.build());
    } catch (IOException unanswered) {
      throw new PrometheusException("Prometheus at " + unanswered.getMessage(), unanswered);
    }
  }

  private JsonNode read(Answer answer) throws PrometheusException {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException nonsense) {
      String status = answer.isWell() ? "" : ": status " + answer.status();
      throw failed("no answer of a Prometheus" + status, nonsense);
    }
  }

  private static Map<String, String> labels(JsonNode metric) {
    Map<String, String> labels = new LinkedHashMap<>();
    metric
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
    return labels;
  }

  private List<Series.Point> points(JsonNode values) throws PrometheusException {
    List<Series.Point> points = new ArrayList<>(values.size());
    for (JsonNode point : values) {
      Instant at = Instant.ofEpochMilli(Math.round(point.path(0).asDouble(0) * 1000));
      points.add(new Series.Point(at, number(point)));
    }
    return points;
  }

  private double number(JsonNode point) throws PrometheusException {
    try {
      return Numbers.parse(point.path(1).asString(""));
    } catch (NumberFormatException nonsense) {
      throw failed("no answer of a Prometheus", nonsense);
    }
  }

  private PrometheusException failed(
      String reason, @org.jspecify.annotations.Nullable Throwable cause) {
    return new PrometheusException(
        "Prometheus at " + server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort())
            + ": " + reason,
        cause);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String seconds(Instant at) {
    return String.format(
        java.util.Locale.ROOT, "%d.%03d", at.getEpochSecond(), at.getNano() / 1_000_000);
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
