package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Guard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedApacheHttpClientTest extends GuardedClientContract {

  private final PoolingHttpClientConnectionManager connections =
      new PoolingHttpClientConnectionManager();
  private final CloseableHttpClient own = HttpClients.custom()
      .setConnectionManager(connections)
      .disableAutomaticRetries() // the guard's business
      .build();

  @AfterEach
  void closeClient() throws IOException {
    own.close();
  }

  @Override
  Sending prepare(Guard guard, URI uri, @Nullable String body, String... header) {
    HttpUriRequestBase request = new HttpUriRequestBase(body == null ? "GET" : "POST", uri);
    if (body != null) {
      request.setEntity(new StringEntity(body));
    }
    if (header.length > 0) {
      request.setHeader(header[0], header[1]);
    }
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard, own);
    return new Sending() {
      @Override
      public Answer send() throws IOException {
        return client.execute(request, GuardedApacheHttpClientTest::answer);
      }

      @Override
      public void cancel() {
        request.abort();
      }
    };
  }

  private static Answer answer(ClassicHttpResponse response) throws IOException, ParseException {
    return new Answer(response.getCode(), EntityUtils.toString(response.getEntity()));
  }

  @Override
  int leased() {
    return connections.getTotalStats().getLeased();
  }

  @Test
  void theRequestIsSentAsACopyAndTheContextsConfigurationStays() throws Exception {
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(PATIENT), own);
    HttpGet request = new HttpGet(to(200));
    HttpClientContext context = HttpClientContext.create();
    RequestConfig config = RequestConfig.custom().setRedirectsEnabled(false).build();
    context.setRequestConfig(config);

    client.execute(request, context, GuardedApacheHttpClientTest::answer);

    assertThat(request.containsHeader("traceparent")).isFalse();
    assertThat(context.getRequestConfig()).isSameAs(config);
    assertThat(context.getResponse().getCode()).isEqualTo(200);
  }

  @Test
  void aRequestWithoutAHostGoesToTheTargetAndCanBeUsedAgain() throws Exception {
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(PATIENT), own);
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/200");
    HttpHost target = HttpHost.create(to(200));
    for (int i = 0; i < 2; i++) {
      try (ClassicHttpResponse response = client.executeOpen(target, request, null)) {
        assertThat(response.getCode()).isEqualTo(200);
      }
    }
    assertThat(heard).hasSize(2);
  }

  @Test
  void aShorterResponseTimeoutOfTheRequestsOwnStands() throws Exception {
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(PATIENT), own);
    try (ServerSocket silent = silent()) {
      HttpGet request = new HttpGet(to(silent));
      request.setConfig(
          RequestConfig.custom().setResponseTimeout(100, TimeUnit.MILLISECONDS).build());
      assertThatThrownBy(() -> client.execute(request, GuardedApacheHttpClientTest::answer))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(heard).extracting(Heard::outcome).containsExactly(CallOutcome.FAILURE);
  }

  @Test
  void anExhaustedPoolMeetsTheDeadline() throws Exception {
    connections.setDefaultMaxPerRoute(1);
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(Duration.ofMillis(300)), own);
    try (ClassicHttpResponse kept =
        own.executeOpen(HttpHost.create(to(200)), new HttpGet(to(200)), null)) {
      assertThatThrownBy(
              () -> client.execute(new HttpGet(to(200)), GuardedApacheHttpClientTest::answer))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(kept.getCode()).isEqualTo(200);
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anEntityThatIsReadOnceIsSentOnce() throws Exception {
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(PATIENT).idempotent(), own);
    for (int i = 0; i < 20; i++) {
      client.execute(new HttpGet(to(200)), GuardedApacheHttpClientTest::answer);
    }
    HttpPut put = new HttpPut(to(503));
    put.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[] {'x'}), null));
    assertThat(client.execute(put, GuardedApacheHttpClientTest::answer).status())
        .isEqualTo(503);
  }

  @Test
  void closingClosesTheClientWithin() throws Exception {
    CloseableHttpClient client = GuardedApacheHttpClient.of(guard(PATIENT), own);
    client.close();
    assertThatThrownBy(() -> own.execute(new HttpGet(to(200)), GuardedApacheHttpClientTest::answer))
        .isInstanceOf(IllegalStateException.class);
  }
}
