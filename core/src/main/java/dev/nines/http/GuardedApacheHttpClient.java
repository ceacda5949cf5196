package dev.nines.http;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Apache's HttpClient 5, the classic one, guarded: every request asks the breaker, carries the trace context (in place of one
 * that it carried before), and gets no more time than the deadline leaves. Answers of 500 and above, timeouts and connection
 * errors count as failures; every answer reaches the caller unchanged. Needs {@code httpclient5}, which is optional.
 *
 * <pre>{@code
 * CloseableHttpClient payments = GuardedApacheHttpClient.of(nines.guard("payments"), HttpClients.createDefault());
 * }</pre>
 *
 * <p>A call lasts until the headers of the answer are there; each read of its body may take as long as was left at the
 * beginning. At the deadline a request that has no answer is aborted. The time to lease a connection and the response timeout
 * are the shorter of the client's own and what is left; the request's own configuration, the context's and the client's hold
 * in all else. The caller's own abort counts neither as a failure nor as a success.
 *
 * <p>Where calls are declared idempotent, requests are repeated whose method is idempotent, or that have an
 * {@code Idempotency-Key}, unless their entity can be read only once, and {@code Retry-After} is honoured.
 *
 * <p>Thread-safe. Closing it closes the client within.
 */
public final class GuardedApacheHttpClient extends CloseableHttpClient {

  private final Guard guard;
  private final CloseableHttpClient client;

  private GuardedApacheHttpClient(Guard guard, CloseableHttpClient client) {
    this.guard = guard;
    this.client = client;
  }

  /** Returns a client that sends through {@code client}, guarded. */
  public static GuardedApacheHttpClient of(Guard guard, CloseableHttpClient client) {
    return new GuardedApacheHttpClient(guard, client);
  }

  /** Sends a request; all other ways to do so come here. Throws the guard's own exceptions, too, which are unchecked. */
  @Override
  protected CloseableHttpResponse doExecute(
      @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context)
      throws IOException {
    AtomicBoolean aborted = new AtomicBoolean();
    HttpCall<HttpResponse> call = call(uri(request), target, request);
    return ClientCalls.call(
        guard, call, attempt -> send(target, request, context, attempt, aborted), aborted::get);
  }

  @SuppressWarnings("deprecation") // the only way to send that hands out the answer as its own type
  private CloseableHttpResponse send(
      @Nullable HttpHost target,
      ClassicHttpRequest request,
      @Nullable HttpContext context,
      Attempt attempt,
      AtomicBoolean aborted)
      throws IOException {
    HttpUriRequestBase copy = copy(request, attempt);
    CompletableFuture<@Nullable Void> deadline = deadline(copy, attempt);
    try (ApacheTimeouts timeouts = ApacheTimeouts.set(copy, request, context, client, attempt)) {
      return client.execute(target, copy, context);
    } catch (IOException e) {
      aborted.set(copy.isCancelled() && !deadline.isDone());
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  /** The client's own timeouts are for each step; and it hears an interrupt only while it waits for a connection. */
  private static CompletableFuture<@Nullable Void> deadline(
      HttpUriRequestBase request, Attempt attempt) {
    CompletableFuture<@Nullable Void> deadline = new CompletableFuture<>();
    deadline.thenRun(request::cancel);
    return deadline.completeOnTimeout(
        null, ClientCalls.timeout(attempt).toNanos(), TimeUnit.NANOSECONDS);
  }

  private static HttpUriRequestBase copy(ClassicHttpRequest request, Attempt attempt)
      throws ClientProtocolException {
    HttpUriRequestBase copy = new HttpUriRequestBase(request.getMethod(), uri(request));
    copy.setScheme(request.getScheme());
    copy.setAuthority(request.getAuthority());
    copy.setPath(request.getPath());
    copy.setVersion(request.getVersion());
    copy.setEntity(request.getEntity());
    copy.setHeaders(request.getHeaders());
    if (ClientCalls.isTraced(attempt)) {
      copy.removeHeaders(ClientCalls.TRACEPARENT);
      copy.removeHeaders(ClientCalls.TRACESTATE);
    }
    attempt.inject(copy, (carrier, name, value) -> {
      if (carrier != null) {
        carrier.setHeader(name, value);
      }
    });
    if (request instanceof CancellableDependency own) {
      own.setDependency(copy);
    }
    return copy;
  }

  private static HttpCall<HttpResponse> call(
      URI uri, @Nullable HttpHost target, ClassicHttpRequest request) {
    HttpMethod method = HttpMethod.of(request.getMethod());
    HttpEntity entity = request.getEntity();
    boolean idempotent =
        HttpCall.isIdempotent(method) || request.containsHeader(ClientCalls.IDEMPOTENCY_KEY);
    return new HttpCall<>(
        method,
        uri.isAbsolute() || target == null ? uri : URI.create(target.toURI()).resolve(uri),
        HttpResponse::getCode,
        idempotent && (entity == null || entity.isRepeatable()),
        answer -> value(answer.getFirstHeader(ClientCalls.RETRY_AFTER)));
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }

  private static URI uri(ClassicHttpRequest request) throws ClientProtocolException {
    try {
      return request.getUri();
    } catch (URISyntaxException e) {
      throw new ClientProtocolException(e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  @Override
  public void close(CloseMode mode) {
    client.close(mode);
  }
}
