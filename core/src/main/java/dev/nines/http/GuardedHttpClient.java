package dev.nines.http;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, guarded: every request asks the breaker, carries the trace context (in place of one that it carried
 * before), and gets no more time than the deadline leaves. Answers of 500 and above, timeouts and connection errors count as
 * failures; every answer reaches the caller unchanged. Pushed responses pass through; WebSockets aren't guarded.
 *
 * <pre>{@code
 * HttpClient payments = GuardedHttpClient.of(nines.guard("payments"), HttpClient.newHttpClient());
 * }</pre>
 *
 * <p>Where calls are declared idempotent, by {@code Dependency.idempotent()} or with {@code guard.idempotent()}, requests are
 * repeated whose method is idempotent, or that have an {@code Idempotency-Key}, and {@code Retry-After} is honoured. The body
 * publisher must be one that can be subscribed to again, as all of the JDK's are but those of a stream that is read once.
 *
 * <p>A call lasts until the body handler has its result: with {@code BodyHandlers.ofInputStream()} that is when the headers
 * are there, and reading the stream is not guarded.
 *
 * <p>Thread-safe. The client within is the user's: it is never closed here.
 */
public final class GuardedHttpClient extends HttpClient {

  private final Guard guard;
  private final HttpClient client;

  private GuardedHttpClient(Guard guard, HttpClient client) {
    this.guard = guard;
    this.client = client;
  }

  /** Returns a client that sends through {@code client}, guarded. */
  public static GuardedHttpClient of(Guard guard, HttpClient client) {
    return new GuardedHttpClient(guard, client);
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws dev.nines.dependency.BulkheadFullException if as many calls are under way as the bulkhead allows
   * @throws dev.nines.dependency.BreakerOpenException if the breaker lets no call through
   * @throws dev.nines.dependency.CallShedException if calls are shed, because the error budget is exhausted
   * @throws dev.nines.dependency.DeadlineExceededException if there is no answer in time
   */
  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return guard.http(call(request), attempt -> client.send(prepared(request, attempt), handler));
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e); // a subclass of HttpClient that breaks its contract
    }
  }

  /** Sends a request; see {@link Guard#callAsync} for how the future completes. */
  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return guarded(request, prepared -> client.sendAsync(prepared, handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> pushPromiseHandler) {
    return guarded(request, prepared -> client.sendAsync(prepared, handler, pushPromiseHandler));
  }

  private <T> CompletableFuture<HttpResponse<T>> guarded(
      HttpRequest request, Function<HttpRequest, CompletableFuture<HttpResponse<T>>> send) {
    return guard.httpAsync(call(request), attempt -> send.apply(prepared(request, attempt)));
  }

  private static HttpCall<HttpResponse<?>> call(HttpRequest request) {
    HttpMethod method = HttpMethod.of(request.method());
    boolean idempotent = HttpCall.isIdempotent(method)
        || request.headers().firstValue(ClientCalls.IDEMPOTENCY_KEY).isPresent();
    return new HttpCall<>(
        method, request.uri(), HttpResponse::statusCode, idempotent, answer -> answer
            .headers()
            .firstValue(ClientCalls.RETRY_AFTER)
            .orElse(null));
  }

  private static HttpRequest prepared(HttpRequest request, Attempt attempt) {
    boolean traced = ClientCalls.isTraced(attempt);
    HttpRequest.Builder builder = HttpRequest.newBuilder(
        request, (name, value) -> !traced || !ClientCalls.isTraceHeader(name));
    attempt.inject(builder, (carrier, name, value) -> {
      if (carrier != null) {
        carrier.setHeader(name, value);
      }
    });
    Duration remaining = ClientCalls.timeout(attempt);
    if (request.timeout().filter(own -> own.compareTo(remaining) <= 0).isEmpty()) {
      builder.timeout(remaining);
    }
    return builder.build();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }
}
