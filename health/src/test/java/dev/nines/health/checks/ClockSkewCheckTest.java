package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.BlackHole;
import dev.nines.testing.ManualTime;
import dev.nines.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSkewCheckTest {

  private static final Duration MOST = Duration.ofSeconds(5);

  @Test
  void aRealServersDateTellsAClockThatIsWrongAndOneThatIsSetRight() throws Exception {
    ManualTime time = new ManualTime();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
    });
    server.start();
    try {
      URI uri = uri(server.getAddress().getPort());
      assertThat(run(UpkeepChecks.clockSkew(uri, MOST, time)).message())
          .startsWith("this clock is at least ")
          .endsWith(" behind (expected: at most 5s)");
      time.advance(Duration.between(time.now(), Instant.now().plus(Duration.ofDays(2))));
      assertThat(run(UpkeepChecks.clockSkew(uri, MOST, time)).message()).contains(" ahead ");
      assertThat(run(UpkeepChecks.clockSkew(uri, Duration.ofMinutes(1), TimeSource.system())))
          .isEqualTo(CheckResult.healthy());
    } finally {
      server.stop(0);
    }
  }

  /** The manual clock stands at 2026-01-01T00:00:00Z, a Thursday. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Date: Thu, 01 Jan 2026 00:00:00 GMT | HEALTHY",
        "Date: Thu, 01 Jan 2026 00:00:05 GMT | HEALTHY",
        "Date: Thu, 01 Jan 2026 00:00:06 GMT | DEGRADED",
        "Date: Wed, 31 Dec 2025 23:59:54 GMT | HEALTHY",
        "Date: Wed, 31 Dec 2025 23:59:53 GMT | DEGRADED",
        "Date: yesterday | UNHEALTHY",
        "X: none | UNHEALTHY",
        "Age: 0 | UNHEALTHY"
      })
  void onlyADifferenceThatIsProvenCounts(String header, Status expected) throws Exception {
    assertThat(answered(header, new ManualTime(), Duration.ZERO).status()).isEqualTo(expected);
  }

  @Test
  void aSlowAnswerDoesNotLookLikeSkew() throws Exception {
    String atTheStart = "Date: Thu, 01 Jan 2026 00:00:00 GMT";

    assertThat(answered(atTheStart, new ManualTime(), Duration.ofMinutes(1)).status())
        .isEqualTo(Status.HEALTHY);
  }

  @Test
  void aServerThatDoesNotAnswerFailsInTime() throws Exception {
    try (BlackHole hole = BlackHole.silent()) {
      Check check = UpkeepChecks.clockSkew(uri(hole.port()), MOST, TimeSource.system());

      assertThatThrownBy(() -> check.run(new TestRun(Duration.ofMillis(300))))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "/relative"})
  void onlyAbsoluteHttpUrisAreTaken(String uri) {
    assertThatThrownBy(() -> UpkeepChecks.clockSkew(URI.create(uri), MOST, TimeSource.system()))
        .hasMessageContaining("expected: an absolute http or https URI");
  }

  /** Returns what the check says of a server that answers once with this header, after so long on our clock. */
  private static CheckResult answered(String header, ManualTime time, Duration after)
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(() -> answer(server, header, time, after));
      CheckResult result = run(UpkeepChecks.clockSkew(uri(server.getLocalPort()), MOST, time));
      answer.join();
      return result;
    }
  }

  private static void answer(ServerSocket server, String header, ManualTime time, Duration after) {
    try (Socket socket = server.accept()) {
      BufferedReader request = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      while (!request.readLine().isEmpty()) {
        // its headers, to the empty line
      }
      time.advance(after);
      String text =
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n" + header + "\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(10)));
  }
}
