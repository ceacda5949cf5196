package dev.nines.http;

import dev.nines.dependency.Guard;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * OkHttp, guarded: every call asks the breaker, carries the trace context (in place of one that it carried before), and gets no
 * more time than the deadline leaves. Answers of 500 and above, timeouts and connection errors count as failures; every answer
 * reaches the caller unchanged. Needs {@code okhttp}, which is optional; made for version 5.
 *
 * <pre>{@code
 * Call.Factory payments = GuardedOkHttpClient.of(nines.guard("payments"), new OkHttpClient());
 * }</pre>
 *
 * <p>A call lasts until the headers of the answer are there. What is left until the deadline becomes OkHttp's call timeout,
 * where that isn't shorter, and so bounds the reading of the body, too. Interceptors and callbacks run in the caller's context,
 * so that what they log and call belongs to its trace. A call that its caller cancels counts neither as a failure nor as a
 * success.
 *
 * <p>{@code execute} throws the guard's exceptions as they are, unchecked. A callback, which knows only an {@code IOException},
 * gets one of which the guard's is the cause.
 *
 * <p>Where calls are declared idempotent, requests are repeated whose method is idempotent, or that have an
 * {@code Idempotency-Key}, unless their body can be sent only once, and {@code Retry-After} is honoured.
 *
 * <p>Thread-safe. WebSockets aren't guarded. The client within is the user's: dispatcher and connections are shared with it.
 */
public final class GuardedOkHttpClient implements Call.Factory {

  private final Guard guard;
  private final OkHttpClient client;

  private GuardedOkHttpClient(Guard guard, OkHttpClient client) {
    this.guard = guard;
    this.client = client;
  }

  /** Returns what makes calls through {@code client}, guarded. */
  public static GuardedOkHttpClient of(Guard guard, OkHttpClient client) {
    OkHttpClient.Builder builder = client.newBuilder();
    builder.interceptors().add(0, GuardedOkHttpCall::intercept);
    return new GuardedOkHttpClient(guard, builder.build());
  }

  @Override
  public Call newCall(Request request) {
    return new GuardedOkHttpCall(guard, client, request);
  }
}
