package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
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

/** See {@link Checks#http}. */
final class HttpCheck implements Check {

  private final URI uri;
  private final HttpClient client;

  HttpCheck(URI uri) {
    this.uri = requireHttp(uri);
    this.client = HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri)
        .timeout(run.timeout())
        .header("User-Agent", "nines-health")
        .build();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    run.onAbort(() -> answer.cancel(true));
    try {
      return judge(await(answer, run).statusCode());
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

  private static CheckResult judge(int status) {
    return status >= 200 && status < 400
        ? CheckResult.healthy()
        : CheckResult.unhealthy("answered " + status + " (expected: 200 to 399)");
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
