package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Guard;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedOkHttpClientTest extends GuardedClientContract {

  final OkHttpClient own =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  @AfterEach
  void closeClient() {
    own.dispatcher().executorService().shutdown();
    own.connectionPool().evictAll();
  }

  Answer answer(Call call) throws IOException {
    try (Response response = call.execute()) {
      return answer(response);
    }
  }

  static Answer answer(Response response) throws IOException {
    return new Answer(response.code(), response.body().string());
  }

  @Override
  Sending prepare(Guard guard, URI uri, @Nullable String body, String... header) {
    Request.Builder request = new Request.Builder().url(uri.toString());
    if (body != null) {
      request.post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8)));
    }
    if (header.length > 0) {
      request.header(header[0], header[1]);
    }
    Call call = GuardedOkHttpClient.of(guard, own).newCall(request.build());
    return new Sending() {
      @Override
      public Answer send() throws IOException {
        return answer(call);
      }

      @Override
      public void cancel() {
        call.cancel();
      }
    };
  }

  @Override
  int leased() {
    return own.connectionPool().connectionCount() - own.connectionPool().idleConnectionCount();
  }

  private Request request(int status) {
    return new Request.Builder().url(to(status).toString()).build();
  }

  @Test
  void aCallIsMadeOnceAndItsCloneAgain() throws Exception {
    Call call = GuardedOkHttpClient.of(guard(PATIENT), own).newCall(request(200));
    assertThat(call.isExecuted()).isFalse();
    assertThat(answer(call).status()).isEqualTo(200);
    assertThat(call.isExecuted()).isTrue();
    assertThat(call.isCanceled()).isFalse();
    assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
    assertThat(answer(call.clone()).status()).isEqualTo(200);
    assertThat(heard).hasSize(2);
  }

  @Test
  void theCallIsTheUsersAsFarAsItCanTell() {
    Request request = request(200).newBuilder().tag(String.class, "mine").build();
    Call call = GuardedOkHttpClient.of(guard(PATIENT), own).newCall(request);
    assertThat(call.request()).isSameAs(request);
    assertThat(call.tag(String.class, () -> "absent")).isEqualTo("mine");
    call.cancel();
    assertThat(call.isCanceled()).isTrue();
  }

  @Test
  void aShorterTimeoutOfTheCallsOwnStands() throws Exception {
    try (ServerSocket silent = silent()) {
      Call call = GuardedOkHttpClient.of(guard(PATIENT), own)
          .newCall(new Request.Builder().url(to(silent).toString()).build());
      call.timeout().timeout(100, TimeUnit.MILLISECONDS);
      assertThatThrownBy(call::execute).isInstanceOf(InterruptedIOException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
  }

  @Test
  void aBodyThatNeverEndsIsReadUntilTheDeadline() throws Exception {
    try (ServerSocket stalling = silent()) {
      threads.execute(() -> {
        try {
          stalling
              .accept()
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      Call call = GuardedOkHttpClient.of(guard(Duration.ofMillis(500)), own)
          .newCall(new Request.Builder().url(to(stalling).toString()).build());
      assertThatThrownBy(() -> answer(call))
          .isInstanceOfAny(InterruptedIOException.class, DeadlineExceededException.class);
    }
  }

  @Test
  void theUsersOwnClientStaysUnguarded() throws Exception {
    GuardedOkHttpClient.of(guard(PATIENT), own);
    try (Response response = own.newCall(request(500)).execute()) {
      assertThat(response.code()).isEqualTo(500);
    }
    assertThat(heard).isEmpty();
  }
}
