package dev.nines.spring;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.net.URI;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What Spring's clients have in common. */
final class SpringCalls {

  static final String TRACEPARENT = "traceparent";
  static final String TRACESTATE = "tracestate";

  /** Sets a header in place of what the request has. */
  static final TextMapSetter<HttpHeaders> SETTER = (headers, name, value) -> {
    if (headers != null) {
      headers.set(name, value);
    }
  };

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private SpringCalls() {}

  /** Tells a guard of a request; its method, or an {@code Idempotency-Key}, says whether it may be sent twice. */
  static <T> HttpCall<T> call(
      String methodName,
      URI uri,
      HttpHeaders sent,
      ToIntFunction<T> status,
      Function<T, HttpHeaders> answered) {
    HttpMethod method = HttpMethod.of(methodName);
    boolean idempotent = HttpCall.isIdempotent(method) || sent.getFirst(IDEMPOTENCY_KEY) != null;
    return new HttpCall<>(method, uri, status, idempotent, answer -> retryAfter(answered, answer));
  }

  private static <T> @Nullable String retryAfter(Function<T, HttpHeaders> answered, T answer) {
    return answered.apply(answer).getFirst(HttpHeaders.RETRY_AFTER);
  }

  /** Writes a context, in place of one that the request carried before. */
  static void inject(Tracing tracing, Context context, HttpHeaders headers) {
    if (Span.fromContext(context).getSpanContext().isValid()) {
      headers.remove(TRACEPARENT);
      headers.remove(TRACESTATE);
    }
    tracing.propagator().inject(context, headers, SETTER);
  }

  /** Writes the context of an attempt, in place of one that the request carried before. */
  static void inject(Attempt attempt, HttpHeaders headers) {
    if (attempt.span().getSpanContext().isValid()) {
      headers.remove(TRACEPARENT);
      headers.remove(TRACESTATE);
    }
    attempt.inject(headers, SETTER);
  }
}
