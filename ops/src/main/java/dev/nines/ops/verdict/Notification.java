package dev.nines.ops.verdict;

import dev.nines.ops.http.Answer;
import dev.nines.ops.http.BoundedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts a verdict: the report as JSON, and beside it {@code text}, one sentence, which is what chats such as Slack and Teams
 * read. The address is a secret and is shown nowhere.
 */
final class Notification {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Notification() {}

  /** Returns what went wrong; empty if it was taken. */
  static Optional<String> post(URI url, String service, Verdict verdict)
      throws InterruptedException {
    JsonMapper json = JsonMapper.shared();
    ObjectNode body = (ObjectNode) json.readTree(verdict.report().toJson());
    body.put("service", service);
    body.put(
        "text",
        "Deployment of " + service + " " + verdict.report().version() + ": " + verdict.summary());
    HttpRequest request = HttpRequest.newBuilder(url)
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
    try {
      Answer answer = new BoundedHttp(LIMIT, 1024 * 1024).send(request);
      return answer.isWell() ? Optional.empty() : Optional.of("status " + answer.status());
    } catch (IOException unanswered) {
      return Optional.of(String.valueOf(unanswered.getMessage()));
    }
  }
}
