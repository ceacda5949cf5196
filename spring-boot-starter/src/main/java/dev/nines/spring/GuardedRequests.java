package dev.nines.spring;

import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the requests of {@code RestClient} and {@code RestTemplate} to declared dependencies, and traces all others. Before all
 * other interceptors: what they do belongs to the call. Thread-safe.
 */
final class GuardedRequests implements ClientHttpRequestInterceptor, Ordered {

  private final CallRules rules;

  GuardedRequests(CallRules rules) {
    this.rules = rules;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    Tracing tracing = rules.tracing();
    Guard guard = rules.guard(request.getURI(), request.getAttributes());
    if (guard != null && tracing != null) {
      return guard.isCalling()
          ? passedOn(tracing, request, body, execution)
          : guarded(guard, request, body, execution);
    }
    boolean traced = request.getHeaders().getFirst(SpringCalls.TRACEPARENT) != null;
    return tracing == null || traced
        ? execution.execute(request, body)
        : traced(tracing, request, body, execution);
  }

  private static ClientHttpResponse guarded(
      Guard guard, HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    HttpCall<ClientHttpResponse> call = SpringCalls.call(
        request.getMethod().name(),
        request.getURI(),
        request.getHeaders(),
        GuardedRequests::statusOf,
        ClientHttpResponse::getHeaders);
    HeldResponse held = new HeldResponse();
    boolean answered = false;
    try {
      ClientHttpResponse answer = guard.http(call, attempt -> {
        held.close();
        CopiedRequest copy = new CopiedRequest(request);
        SpringCalls.inject(attempt, copy.getHeaders());
        return held.hold(execution.execute(copy, body));
      });
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        held.close();
      }
    }
  }

  /** Sends what a call is guarded for already, in which the user's own code called its guard. */
  private static ClientHttpResponse passedOn(
      Tracing tracing, HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    CopiedRequest copy = new CopiedRequest(request);
    SpringCalls.inject(tracing, Context.current(), copy.getHeaders());
    return execution.execute(copy, body);
  }

  private static ClientHttpResponse traced(
      Tracing tracing, HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    Context parent = Context.current();
    Span span = ClientSpans.start(tracing, parent, request.getMethod().name(), request.getURI());
    Context within = parent.with(span);
    CopiedRequest copy = new CopiedRequest(request);
    SpringCalls.inject(tracing, within, copy.getHeaders());
    try (Scope scope = within.makeCurrent()) {
      ClientHttpResponse answer = execution.execute(copy, body);
      ClientSpans.answered(tracing, span, statusOf(answer));
      return answer;
    } catch (Throwable thrown) {
      ClientSpans.failed(tracing, span, thrown);
      throw thrown;
    }
  }

  /** What has no status that can be read is no answer. */
  private static int statusOf(ClientHttpResponse answer) {
    try {
      return answer.getStatusCode().value();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Each attempt has headers of its own. */
  private static final class CopiedRequest
      extends org.springframework.http.client.support.HttpRequestWrapper {

    private final HttpHeaders headers;

    CopiedRequest(HttpRequest request) {
      super(request);
      headers = new HttpHeaders();
      request.getHeaders().forEach((name, values) -> headers.addAll(name, values));
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }

  /** The newest answer, which holds a connection. Confined to the calling thread. */
  private static final class HeldResponse {

    private @Nullable ClientHttpResponse answer;

    ClientHttpResponse hold(ClientHttpResponse newest) {
      answer = newest;
      return newest;
    }

    void close() {
      ClientHttpResponse held = answer;
      answer = null;
      if (held != null) {
        held.close();
      }
    }
  }
}
