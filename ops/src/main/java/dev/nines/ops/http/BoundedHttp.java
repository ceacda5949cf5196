package dev.nines.ops.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JDK's client with bounds. A failure's message names the server by host and port alone, for what else stands in an
 * address may be a secret. Redirects are not followed. Thread-safe.
 */
public final class BoundedHttp {

  private final HttpClient client;
  private final Duration limit;
  private final long mostBytes;

  /**
   * @param limit longest time from the request to the last byte of its answer
   * @param mostBytes longest body
   */
  public BoundedHttp(Duration limit, long mostBytes) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: more than 0 s)");
    }
    this.client = HttpClient.newBuilder().connectTimeout(limit).build();
    this.limit = limit;
    this.mostBytes = mostBytes;
  }

  /**
   * Returns the address of a server, or of something there.
   *
   * @param name what the message calls it
   * @throws IllegalArgumentException unless it is one of http or https, without a password
   */
  public static URI address(String name, URI uri) {
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          name + ": a password in an address (expected: none, for addresses are shown)");
    }
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException(
          name + ": " + uri + " (expected: an address such as http://checkout:8081)");
    }
    return uri;
  }

  /** Returns the address of a path below a server's, which may have a path itself. */
  public static URI below(URI server, String path) {
    return URI.create(server.toString().replaceAll("/+$", "") + path);
  }

  /**
   * Sends a request and waits for its whole answer.
   *
   * @throws IOException if there is none within the limits; the message names the server and the reason
   */
  public Answer send(HttpRequest request) throws IOException, InterruptedException {
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody(mostBytes));
    try {
      HttpResponse<byte[]> response = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(
          response.statusCode(), response.body(), Duration.ofNanos(System.nanoTime() - began));
    } catch (TimeoutException late) {
      throw new IOException(server(request) + ": " + noAnswer(), late);
    } catch (ExecutionException failed) {
      throw new IOException(server(request) + ": " + reason(failed.getCause()), failed.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private String noAnswer() {
    return "no answer within " + limit.toMillis() + " ms";
  }

  private String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof HttpTimeoutException)) {
      root = root.getCause();
    }
    if (root instanceof HttpTimeoutException) {
      return noAnswer();
    }
    if (root instanceof UnresolvedAddressException) {
      return "no such host";
    }
    if (failure instanceof ConnectException) {
      return "nobody listens there";
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static String server(HttpRequest request) {
    URI uri = request.uri();
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
