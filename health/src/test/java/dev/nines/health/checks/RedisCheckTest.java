package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.testing.FairClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisCheckTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir
  Path directory;

  @Test
  void aServerThatIsFrozenOrKilledFailsUntilItIsBack() throws Exception {
    try (Redis redis = Redis.startedIn(directory)) {
      Check check = Checks.redis("127.0.0.1", redis.port());
      assertThat(run(check)).isEqualTo(CheckResult.healthy());

      redis.freeze();
      Duration took = FairClock.timing(
          () -> assertThatThrownBy(() -> run(check)).isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(TIMEOUT.multipliedBy(4));
      redis.thaw();
      await().until(() -> run(check).status() == Status.HEALTHY);

      redis.kill();
      assertThatThrownBy(() -> run(check)).isInstanceOf(ConnectException.class);
      redis.start();
      assertThat(run(check)).isEqualTo(CheckResult.healthy());
    }
  }

  @Test
  void aServerThatRunsAnEndlessScriptFailsUntilTheScriptIsKilled() throws Exception {
    try (Redis redis = Redis.startedIn(directory, "--lua-time-limit", "10")) {
      Check check = Checks.redis("127.0.0.1", redis.port());
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
        send(client, Resp.command("EVAL", "while true do end", "0"));
        await().untilAsserted(() -> assertThat(run(check))
            .isEqualTo(CheckResult.unhealthy("answered BUSY (expected: PONG)")));
        try (Socket other = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
          send(other, Resp.command("SCRIPT", "KILL"));
          assertThat(Resp.line(other.getInputStream())).isEqualTo("+OK");
        }
        await().until(() -> run(check).status() == Status.HEALTHY);
      }
    }
  }

  @Test
  void credentialsAreSentAndAWrongOneIsToldWithoutShowingAny() throws Exception {
    try (Redis redis = Redis.startedIn(directory, "--user", "probe", "on", ">s3cret", "+ping")) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
        send(client, Resp.command("CONFIG", "SET", "requirepass", "pässword"));
        assertThat(Resp.line(client.getInputStream())).isEqualTo("+OK");
      }
      RedisCheck check = Checks.redis("127.0.0.1", redis.port());

      assertThat(run(check)).isEqualTo(CheckResult.unhealthy("answered NOAUTH (expected: PONG)"));
      assertThat(run(check.password("wrong".toCharArray())))
          .isEqualTo(CheckResult.unhealthy("answered WRONGPASS (expected: PONG)"));
      assertThat(run(check.credentials("probe", "wrong".toCharArray())))
          .isEqualTo(CheckResult.unhealthy("answered WRONGPASS (expected: PONG)"));
      assertThat(run(check.password("pässword".toCharArray()))).isEqualTo(CheckResult.healthy());
      assertThat(run(check.credentials("probe", "s3cret".toCharArray())))
          .isEqualTo(CheckResult.healthy());
    }
  }

  @Test
  void itSpeaksTlsToAServerThatIsTrustedAndToNoOther() throws Exception {
    TestKeys keys = TestKeys.make(directory.resolve("keys.p12"), "localhost", -1, 365);
    Path certificate = directory.resolve("redis.crt");
    Path key = directory.resolve("redis.key");
    keys.exportPem("localhost", certificate, key);
    try (Redis redis = Redis.startedIn(
        directory,
        "--tls-port",
        "PORT",
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-auth-clients",
        "no")) {
      RedisCheck check = Checks.redis("localhost", redis.port());

      assertThat(run(check.tls(keys.context()))).isEqualTo(CheckResult.healthy());
      assertThatThrownBy(() -> run(check.tls(SSLContext.getDefault())))
          .isInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(() -> run(check)).as("without TLS").isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request | the answer is not one of Redis",
        "+OKOKOKOK | the connection ended before the answer did",
        "'' | the connection ended before the answer did"
      })
  void whatDoesNotSpeakTheProtocolFails(String answer, String message) throws Exception {
    assertThatThrownBy(() -> answered(answer)).isInstanceOf(IOException.class).hasMessage(message);
  }

  @Test
  void anAnswerWithoutEndIsNotReadToTheEnd() {
    assertThatThrownBy(() -> answered("+" + "x".repeat(1_000_000)))
        .hasMessage("the answer is not one of Redis");
  }

  @Test
  void anErrorTellsItsKindAndNothingOfWhatItSays() throws Exception {
    assertThat(answered("-MOVED 3999 10.0.0.7:6381\r\n"))
        .isEqualTo(CheckResult.unhealthy("answered MOVED (expected: PONG)"));
  }

  /** Returns what the check says of a server that answers with this and closes. */
  private static CheckResult answered(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(server, answer));
      try {
        return run(Checks.redis("127.0.0.1", server.getLocalPort()));
      } finally {
        answering.join();
      }
    }
  }

  private static void answer(ServerSocket server, String text) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().readNBytes(Resp.command("PING").length);
      send(socket, text.getBytes(StandardCharsets.US_ASCII));
    } catch (SocketException e) {
      return; // the check has heard enough
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(TIMEOUT));
  }
}
