package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A GET that is asked again and again, and must be answered whole within the run's time. Follows no redirect. */
final class HttpQuestion {

  private final URI uri;
  private final HttpClient client;

  /** @throws IllegalArgumentException if the URI is not an absolute one of {@code http} or {@code https} */
  HttpQuestion(URI uri) {
    this.uri = requireHttp(uri);
    this.client = HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  HttpResponse<Void> ask(CheckRun run) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri)
        .timeout(run.timeout())
        .header("User-Agent", "nines-health")
        .header("Cache-Control", "no-cache")
        .build();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    run.onAbort(() -> answer.cancel(true));
    try {
      return await(answer, run);
    } finally {
      // Frees the connection when the answer came too late or never; after a complete one it does
      // nothing.
      answer.cancel(true);
    }
  }

  /** The request's own timeout ends with the headers; a body that drips is bounded only here. */
  private static HttpResponse<Void> await(
      CompletableFuture<HttpResponse<Void>> answer, CheckRun run)
      throws IOException, InterruptedException {
    try {
      return answer.get(run.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no complete answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static URI requireHttp(URI uri) {
    boolean http =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "uri: " + uri.getScheme() + " (expected: an absolute http or https URI with a host)");
    }
    return uri;
  }
}
