package dev.nines.budget;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A history out of Prometheus: one query of its HTTP API, at start. By default it counts what was scraped under the job of
 * the service's name; all its instances together, for what an instance promises is the service's promise. Not
 * thread-safe: set it up, then hand it over.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">Prometheus, HTTP API</a>
 */
public final class PrometheusHistory extends BudgetHistory {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Some hundred bytes for each of 14 numbers per objective; an answer beyond this is none of ours. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final URI server;
  private @Nullable String selector;
  private Duration limit = TIME_LIMIT;
  private String authorization = "";

  PrometheusHistory(URI server) {
    String scheme = server.getScheme();
    if (server.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "prometheus: " + server + " (expected: an address such as http://prometheus:9090)");
    }
    if (server.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "prometheus: a password in the address (expected: authorization(...))");
    }
    this.server = server;
  }

  /**
   * Counts the series with these labels; default {@code job="<service>"}.
   *
   * @param matchers as in PromQL, without braces: {@code job="orders", cluster="eu-1"}
   */
  public PrometheusHistory selector(String matchers) {
    if (matchers.contains("}")) {
      throw new IllegalArgumentException(
          "selector: " + matchers + " (expected: matchers without braces, such as job=\"orders\")");
    }
    selector = matchers;
    return this;
  }

  /** Sends this header {@code Authorization}, such as {@code Bearer …}; it is never logged. */
  public PrometheusHistory authorization(String header) {
    authorization = header;
    return this;
  }

  /** Waits as long for the answer, and so delays the start by no more; default 2 s, at most 30 s. */
  public PrometheusHistory timeLimit(Duration most) {
    if (most.isNegative() || most.isZero() || most.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeLimit: " + most + " (expected: above 0 s, at most " + LONGEST.toSeconds() + " s)");
    }
    limit = most;
    return this;
  }

  @Override
  Duration timeLimit() {
    return limit;
  }

  @Override
  Optional<Past> read(Ledger ledger) throws IOException, InterruptedException {
    String matchers = selector == null ? "job=\"" + ledger.service() + "\"" : selector;
    PrometheusQuestion question = new PrometheusQuestion(ledger, matchers);
    return Optional.of(question.past(ask(question.query())));
  }

  private byte[] ask(String query) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
    HttpResponse<InputStream> response =
        client.send(request(query), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(server.getHost() + ": an answer of over " + MOST_BYTES + " bytes");
      }
      if (response.statusCode() != 200) {
        throw new IOException(server.getHost() + ": status " + response.statusCode());
      }
      return bytes;
    }
  }

  private HttpRequest request(String query) {
    String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&timeout="
        + limit.toMillis() + "ms";
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1/query"))
        .timeout(limit)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }
}
