package dev.nines.http;

import dev.nines.dependency.Attempt;
import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call. OkHttp's own calls can be made once, so each attempt after the first is a copy of that. The request that
 * they send is tagged with this, by which our interceptor finds it.
 */
final class GuardedOkHttpCall implements Call {

  private final Guard guard;
  private final OkHttpClient client;
  private final Request request;
  private final Call first;
  private final AtomicBoolean executed = new AtomicBoolean();
  private long ownTimeoutNanos;
  private volatile boolean cancelled;
  private volatile Call current;
  private volatile HeldAnswer<Response> held = new HeldAnswer<>();
  private volatile @Nullable Attempt attempt;
  private volatile Context context = Context.root();

  GuardedOkHttpCall(Guard guard, OkHttpClient client, Request request) {
    this.guard = guard;
    this.client = client;
    this.request = request;
    this.first =
        client.newCall(request.newBuilder().tag(GuardedOkHttpCall.class, this).build());
    this.current = first;
  }

  /** Sends what belongs to one of these with its trace context, in its context; whatever else the client sends, as it is. */
  static Response intercept(Interceptor.Chain chain) throws IOException {
    GuardedOkHttpCall call = chain.request().tag(GuardedOkHttpCall.class);
    if (call == null) {
      return chain.proceed(chain.request());
    }
    try (Scope scope = call.context.makeCurrent()) {
      return chain.proceed(call.traced(chain.request()));
    }
  }

  private Request traced(Request sent) {
    Attempt underWay = Objects.requireNonNull(attempt);
    Request.Builder builder = sent.newBuilder();
    if (ClientCalls.isTraced(underWay)) {
      builder.removeHeader(ClientCalls.TRACEPARENT).removeHeader(ClientCalls.TRACESTATE);
    }
    underWay.inject(builder, (carrier, name, value) -> {
      if (carrier != null) {
        carrier.header(name, value);
      }
    });
    return builder.build();
  }

  @Override
  public Response execute() throws IOException {
    begin();
    return ClientCalls.call(guard, call(), underWay -> next(underWay).execute(), () -> cancelled);
  }

  @Override
  public void enqueue(Callback callback) {
    begin();
    OkHttpCallback answer = new OkHttpCallback(this, callback, Context.current());
    guard.httpAsync(call(), this::enqueued).whenComplete((response, thrown) -> {
      if (thrown != null) {
        held.close();
      }
      answer.call(response, thrown);
    });
  }

  private CompletableFuture<Response> enqueued(Attempt underWay) {
    held.close();
    HeldAnswer<Response> holding = new HeldAnswer<>();
    held = holding;
    Call call = next(underWay);
    CompletableFuture<Response> answer = new CompletableFuture<>();
    answer.whenComplete((response, thrown) -> {
      if (answer.isCancelled()) {
        call.cancel();
      }
    });
    call.enqueue(new Callback() {
      @Override
      public void onResponse(Call answered, Response response) {
        holding.hold(response);
        if (!answer.complete(response)) {
          holding.close();
        }
      }

      @Override
      public void onFailure(Call failed, IOException thrown) {
        answer.completeExceptionally(
            cancelled ? new CancellationException().initCause(thrown) : thrown);
      }
    });
    return answer;
  }

  private void begin() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("a call can be executed once (expected: a clone of it)");
    }
    ownTimeoutNanos = first.timeout().timeoutNanos();
  }

  /** Returns what sends the next attempt, which ends at the deadline. */
  private Call next(Attempt underWay) {
    Call call = attempt == null ? first : first.clone();
    attempt = underWay;
    context = Context.current();
    call.timeout()
        .timeout(ClientCalls.timeoutNanos(underWay, ownTimeoutNanos), TimeUnit.NANOSECONDS);
    current = call;
    if (cancelled) {
      call.cancel();
    }
    return call;
  }

  private HttpCall<Response> call() {
    HttpMethod method = HttpMethod.of(request.method());
    RequestBody body = request.body();
    boolean idempotent =
        HttpCall.isIdempotent(method) || request.header(ClientCalls.IDEMPOTENCY_KEY) != null;
    return new HttpCall<>(
        method,
        request.url().uri(),
        Response::code,
        idempotent && (body == null || !body.isOneShot()),
        answer -> answer.header(ClientCalls.RETRY_AFTER));
  }

  @Override
  public void cancel() {
    cancelled = true;
    current.cancel();
  }

  @Override
  public boolean isCanceled() {
    return cancelled || current.isCanceled();
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Timeout timeout() {
    return first.timeout();
  }

  @Override
  public void addEventListener(EventListener listener) {
    first.addEventListener(listener);
  }

  @Override
  public <T> @Nullable T tag(KClass<T> type) {
    return first.tag(type);
  }

  @Override
  public <T> @Nullable T tag(Class<? extends T> type) {
    return first.tag(type);
  }

  @Override
  public <T> T tag(KClass<T> type, Function0<? extends T> ifAbsent) {
    return first.tag(type, ifAbsent);
  }

  @Override
  public <T> T tag(Class<T> type, Function0<? extends T> ifAbsent) {
    return first.tag(type, ifAbsent);
  }

  @Override
  public Call clone() {
    return new GuardedOkHttpCall(guard, client, request);
  }
}
