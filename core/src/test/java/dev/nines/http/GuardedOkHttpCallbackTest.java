package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same calls, answered to a callback. */
class GuardedOkHttpCallbackTest extends GuardedOkHttpClientTest {

  @Override
  Answer answer(Call call) throws IOException {
    Answering answering = new Answering();
    call.enqueue(answering);
    try {
      return answering.answer.get(50, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException thrown) {
        throw thrown;
      }
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static final class Answering implements Callback {

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<String> trace = new CompletableFuture<>();

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      trace.complete(Span.current().getSpanContext().getTraceId());
      try (response) {
        answer.complete(answer(response));
      } catch (IOException e) {
        answer.completeExceptionally(e);
      }
    }

    private static Answer answer(Response response) throws IOException {
      return GuardedOkHttpClientTest.answer(response);
    }

    @Override
    public void onFailure(Call call, IOException thrown) {
      trace.complete(Span.current().getSpanContext().getTraceId());
      answer.completeExceptionally(thrown);
    }
  }

  @Test
  void interceptorsAndCallbacksRunInTheCallersContext() throws Exception {
    List<String> traces = new CopyOnWriteArrayList<>();
    OkHttpClient observed = own.newBuilder()
        .addInterceptor(chain -> {
          traces.add(Span.current().getSpanContext().getTraceId());
          return chain.proceed(chain.request());
        })
        .build();
    Guard guard = guard(PATIENT);
    Span span = sdk.getTracer("test").spanBuilder("request").startSpan();
    Answering answered = new Answering();
    Answering failed = new Answering();
    try (Scope scope = span.makeCurrent()) {
      enqueue(guard, observed, to(200), answered);
      enqueue(guard, observed, URI.create("http://localhost:1/"), failed);
    }
    String own = span.getSpanContext().getTraceId();
    assertThat(answered.trace.get(30, TimeUnit.SECONDS)).isEqualTo(own);
    assertThat(failed.trace.get(30, TimeUnit.SECONDS)).isEqualTo(own);
    assertThat(traces).containsExactly(own, own);
  }

  private static void enqueue(
      Guard guard, OkHttpClient client, URI uri, @Nullable Callback callback) {
    GuardedOkHttpClient.of(guard, client)
        .newCall(new Request.Builder().url(uri.toString()).build())
        .enqueue(callback);
  }
}
