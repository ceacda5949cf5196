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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A GET that is asked again and again, and must be answered whole within the run's time. Follows no redirect. */
final class HttpQuestion {

  private final HttpRequest template;
  private final HttpClient client;

  /** @throws IllegalArgumentException if the URI is not an absolute one of {@code http} or {@code https} */
  HttpQuestion(URI uri) {
    this(
        HttpRequest.newBuilder(requireHttp(uri))
            .header("User-Agent", "nines-health")
            .header("Cache-Control", "no-cache")
            .build(),
        client().build());
  }

  private HttpQuestion(HttpRequest template, HttpClient client) {
    this.template = template;
    this.client = client;
  }

  URI uri() {
    return template.uri();
  }

  HttpQuestion header(String name, String value) {
    try {
      return new HttpQuestion(copy().setHeader(name, value).build(), client);
    } catch (IllegalArgumentException e) {
      // The JDK's own message shows the value, which may be a credential.
      throw new IllegalArgumentException("header: '" + name
          + "' (expected: a name that HTTP allows and the client does not set itself, and a value of"
          + " one line)");
    }
  }

  HttpQuestion tls(SSLContext context) {
    return new HttpQuestion(template, client().sslContext(context).build());
  }

  private static HttpClient.Builder client() {
    SSLParameters floor = new SSLParameters();
    floor.setProtocols(TlsHandshake.PROTOCOLS);
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .sslParameters(floor);
  }

  <T> HttpResponse<T> ask(CheckRun run, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer =
        client.sendAsync(copy().timeout(run.timeout()).build(), body);
    run.onAbort(() -> answer.cancel(true));
    try {
      return await(answer, run);
    } finally {
      // Frees the connection when the answer came too late or never; after a complete one it does
      // nothing.
      answer.cancel(true);
    }
  }

  private HttpRequest.Builder copy() {
    return HttpRequest.newBuilder(template, (name, value) -> true);
  }

  /** The request's own timeout ends with the headers; a body that drips is bounded only here. */
  private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, CheckRun run)
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
