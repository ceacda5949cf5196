package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.BlackHole;
import dev.nines.testing.FairClock;
import dev.nines.testing.ManualTime;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsChecksTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final char[] PASSWORD = TestKeys.PASSWORD.toCharArray();

  @TempDir
  static Path directory;

  private static TestKeys keys;
  private static TestKeys expired;

  private final ManualTime time = new ManualTime();

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(directory.resolve("keys.p12"), "localhost", -1, 365);
    expired = TestKeys.make(directory.resolve("expired.p12"), "localhost", -10, 3);
  }

  @Test
  void aServerThatShakesHandsIsHealthyAndOneThatIsGoneFailsUntilItIsBack() throws Exception {
    TlsServer server = new TlsServer(keys.context(), 0);
    int port = server.port();
    Check check = TlsChecks.handshake("localhost", port, keys.context());

    assertThat(run(check)).isEqualTo(CheckResult.healthy());
    server.close();
    assertThatThrownBy(() -> run(check)).isInstanceOf(ConnectException.class);
    try (TlsServer back = new TlsServer(keys.context(), port)) {
      assertThat(back.port()).isEqualTo(port);
      assertThat(run(check)).isEqualTo(CheckResult.healthy());
    }
  }

  @Test
  void aChainThatIsNotTrustedFails() throws Exception {
    try (TlsServer server = new TlsServer(keys.context(), 0)) {
      Check check = TlsChecks.handshake("localhost", server.port(), SSLContext.getDefault());

      assertThatThrownBy(() -> run(check)).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void aCertificateOfAnotherNameFails() throws Exception {
    try (TlsServer server = new TlsServer(keys.context(), 0)) {
      Check check = TlsChecks.handshake("127.0.0.1", server.port(), keys.context());

      assertThatThrownBy(() -> run(check)).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void nothingUnderTls12IsSpoken() throws Exception {
    Path old =
        Files.writeString(directory.resolve("old.security"), "jdk.tls.disabledAlgorithms=SSLv3\n");
    new Probe(TlsFloorProbe.class)
        .option("-Djava.security.properties=" + old)
        .run(keys.file().toString());
  }

  @Test
  void aServerThatNeverShakesHandsFailsInTime() throws Exception {
    try (BlackHole hole = BlackHole.silent()) {
      Check check = TlsChecks.handshake("localhost", hole.port(), keys.context());

      Duration took =
          FairClock.timing(() -> assertThatThrownBy(() -> check.run(new TestRun(TIMEOUT)))
              .isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(TIMEOUT.multipliedBy(4));
    }
  }

  @Test
  void anAbortEndsAHandshakeThatHangs() throws Exception {
    TestRun run = new TestRun(Duration.ofMinutes(1));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Check check = TlsChecks.handshake("localhost", silent.getLocalPort(), keys.context());
      CompletableFuture<CheckResult> result = CompletableFuture.supplyAsync(() -> {
        try {
          return check.run(run);
        } catch (Exception e) {
          return CheckResult.unhealthy("aborted");
        }
      });
      try (Socket client = silent.accept()) {
        // Its first bytes show that it waits for the handshake.
        assertThat(client.getInputStream().read()).isEqualTo(22);
        run.abort();

        assertThat(result.orTimeout(10, TimeUnit.SECONDS).join())
            .isEqualTo(CheckResult.unhealthy("aborted"));
      }
    }
  }

  @Test
  void aServerWithoutTlsFails() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
        try (Socket socket = plain.accept()) {
          socket.getInputStream().read();
          socket
              .getOutputStream()
              .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      Check check = TlsChecks.handshake("localhost", plain.getLocalPort(), keys.context());

      assertThatThrownBy(() -> run(check)).isInstanceOf(IOException.class);
      answer.join();
    }
  }

  @ParameterizedTest(name = "{0} before the end is {1}")
  @CsvSource({
    "PT721H, HEALTHY, expires in 30d1h",
    "PT720H, DEGRADED, expires in 30d",
    "PT169H, DEGRADED, expires in 7d1h",
    "PT168H, UNHEALTHY, expires in 7d",
    "PT0S, UNHEALTHY, expires in 0s",
    "PT-1H, UNHEALTHY, expired 1h ago"
  })
  void aCertificateWarns30DaysAndFails7DaysAhead(Duration left, Status expected, String said)
      throws Exception {
    time.advance(Duration.between(time.now(), keys.end("localhost").minus(left)));
    CheckResult result = new CheckResult(expected, "CN=localhost " + said);

    assertThat(run(TlsChecks.certificates(keys.file(), PASSWORD, time))).isEqualTo(result);
    try (TlsServer server = new TlsServer(keys.context(), 0)) {
      Check onSocket = TlsChecks.certificate("localhost", server.port(), keys.context(), time);
      assertThat(run(onSocket)).isEqualTo(result);
    }
  }

  @Test
  void aServersExpiredCertificateFailsUntilItIsRenewed() throws Exception {
    TlsServer server = new TlsServer(expired.context(), 0);
    int port = server.port();
    Check trusting =
        TlsChecks.certificate("localhost", port, expired.context(), TimeSource.system());
    assertThat(run(trusting).status()).isEqualTo(Status.UNHEALTHY);
    assertThat(run(trusting).message()).startsWith("CN=localhost expired 7d");
    server.close();

    Check check = TlsChecks.certificate("localhost", port, keys.context(), TimeSource.system());
    try (TlsServer renewed = new TlsServer(keys.context(), port)) {
      assertThat(renewed.port()).isEqualTo(port);
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"renewed.p12", "renewed.jks"})
  void aKeyStoresExpiredCertificateFailsUntilTheFileIsRenewed(String name) throws Exception {
    TestKeys stored = TestKeys.make(directory.resolve(name), "service", -10, 3);
    Check check = TlsChecks.certificates(stored.file(), PASSWORD, TimeSource.system());

    assertThat(run(check).status()).isEqualTo(Status.UNHEALTHY);
    stored.renewFrom(keys);
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void theFirstCertificateToEndCounts() throws Exception {
    Path file = directory.resolve("two.p12");
    TestKeys.make(file, "later", -1, 365);
    TestKeys.make(file, "sooner", -1, 21);

    CheckResult result = run(TlsChecks.certificates(file, PASSWORD, TimeSource.system()));

    assertThat(result.status()).isEqualTo(Status.DEGRADED);
    assertThat(result.message()).startsWith("CN=sooner expires in ");
  }

  @Test
  void aCertificateThatIsNotValidYetFails() throws Exception {
    TestKeys early = TestKeys.make(directory.resolve("early.p12"), "early", 2, 365);

    assertThat(run(TlsChecks.certificates(early.file(), PASSWORD, TimeSource.system())))
        .isEqualTo(CheckResult.unhealthy("CN=early is not valid yet"));
  }

  @Test
  void aKeyStoreThatCannotBeReadFailsAndShowsNoPassword() {
    assertThatThrownBy(() -> run(TlsChecks.certificates(directory.resolve("gone"), PASSWORD, time)))
        .hasMessage("there is no key store at the watched path");
    assertThatThrownBy(() -> run(TlsChecks.certificates(keys.file(), "s3cret".toCharArray(), time)))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aKeyStoreWithoutCertificatesFails() throws Exception {
    Path file = directory.resolve("empty.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }

    assertThat(run(TlsChecks.certificates(file, PASSWORD, time)))
        .isEqualTo(CheckResult.unhealthy("there is no X.509 certificate"));
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(10)));
  }
}
