package dev.nines.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The admin server with certificates, and with those of its clients. */
class AdminTlsTest {

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  @TempDir
  static Path directory;

  private static TestIdentity rsa;
  private static TestIdentity ec;
  private static TestIdentity edwards;

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final EventBus bus = new EventBus();
  private final ManualTime time = new ManualTime();
  private final EndpointTable table = new EndpointTable(bus, time);
  private RunningAdminServer server;
  private Path certificates;
  private Path key;

  @BeforeAll
  static void identities() throws Exception {
    rsa = TestIdentity.make(directory, "rsa", "RSA");
    ec = TestIdentity.make(directory, "ec", "EC");
    edwards = TestIdentity.make(directory, "edwards", "Ed25519");
  }

  @BeforeEach
  void files() throws Exception {
    bus.render(events::add);
    table.add(Endpoints.answering(
        "/who",
        "GET",
        request -> EndpointResponse.text(200, request.client() + " " + request.authorized())));
    certificates = ec.writeCertificate(directory.resolve("tls.crt"));
    key = ec.writeKey(directory.resolve("tls.key"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest(name = "{0}, key as {1}")
  @CsvSource({
    "rsa, PRIVATE KEY",
    "ec, PRIVATE KEY",
    "edwards, PRIVATE KEY",
    "rsa, RSA PRIVATE KEY",
    "ec, EC PRIVATE KEY"
  })
  void aKeyInPemIsServedWhateverItsForm(String name, String label) throws Exception {
    TestIdentity identity = List.of(rsa, ec, edwards).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
    byte[] pkcs8 = identity.key();
    identity.writeCertificate(certificates);
    TestIdentity.write(key, label, label.equals("PRIVATE KEY") ? pkcs8 : withinPkcs8(pkcs8));

    start(AdminTls.pem(certificates, key));

    assertThat(who(identity.client(null))).isEqualTo(" false");
  }

  /** Returns the key as its algorithm has it: what stands behind version and algorithm, in an octet string. */
  private static byte[] withinPkcs8(byte[] pkcs8) {
    int version = content(pkcs8, 0);
    int algorithm = content(pkcs8, version) + length(pkcs8, version);
    int octets = content(pkcs8, algorithm) + length(pkcs8, algorithm);
    int from = content(pkcs8, octets);
    return Arrays.copyOfRange(pkcs8, from, from + length(pkcs8, octets));
  }

  private static int content(byte[] der, int at) {
    return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
  }

  private static int length(byte[] der, int at) {
    int length = der[at + 1] < 0 ? 0 : der[at + 1];
    for (int i = at + 2; i < content(der, at); i++) {
      length = length << 8 | der[i] & 0xff;
    }
    return length;
  }

  @Test
  void aKeyInAPkcs12StoreIsServed() throws Exception {
    start(AdminTls.pkcs12(rsa.store(), TestIdentity.PASSWORD));

    assertThat(who(rsa.client(null))).isEqualTo(" false");
  }

  @Test
  void whoSpeaksPlainHttpOrNonsenseIsClosedOn() throws Exception {
    start(AdminTls.pem(certificates, key));

    for (String said :
        List.of("GET /who HTTP/1.1\r\nHost: a\r\n\r\n", "\u0016\u0003\u0001\u0000\u0001x", "\0")) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(said);
        if (said.length() < 10) {
          await().until(() -> server.connections() == 1);
          time.advance(AdminLimits.standard().headTime().plusMillis(1));
        }
        assertThat(client.readAll()).doesNotContain("HTTP", "Exception");
      }
    }
    assertThat(who(ec.client(null))).isEqualTo(" false");
    assertThat(events).isEmpty();
  }

  @Test
  void withMutualTlsOnlyClientsWithASignedCertificateGetIn() throws Exception {
    start(AdminTls.pem(certificates, key)
        .clientsMustBeSignedBy(rsa.writeCertificate(directory.resolve("clients.crt"))));

    assertThat(who(ec.client(rsa))).isEqualTo("CN=rsa true");
    assertThatThrownBy(() -> who(ec.client(null))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> who(ec.client(edwards))).isInstanceOf(IOException.class);
    assertThat(who(ec.client(rsa))).as("goes on").isEqualTo("CN=rsa true");
    assertThat(events).isEmpty();
  }

  @Test
  void aCertificateMayBeLeftToTheClient() throws Exception {
    start(AdminTls.pem(certificates, key)
        .clientsMayBeSignedBy(rsa.writeCertificate(directory.resolve("clients.crt"))));

    assertThat(who(ec.client(rsa))).isEqualTo("CN=rsa true");
    assertThat(who(ec.client(null))).isEqualTo(" false");
    assertThat(who(ec.client(edwards)))
        .as("one that the server did not ask for")
        .isEqualTo(" false");
  }

  @Test
  void renewedFilesServeTheNextConnectionsAndBrokenOnesNobody() throws Exception {
    start(AdminTls.pem(certificates, key));
    assertThat(who(ec.client(null))).isEqualTo(" false");

    rsa.writeCertificate(certificates);
    lookAgain("admin_tls_kept");
    assertThat(events.get(0).fields().get("reason").toString())
        .startsWith(
            "admin.tls: [" + certificates + ", " + key + "] (expected: certificates and a key");
    assertThat(who(ec.client(null))).as("one file of two is renewed").isEqualTo(" false");
    time.advance(INTERVAL);
    await().during(Duration.ofMillis(600)).until(() -> events.size() == 1);

    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n!\n");
    lookAgain("admin_tls_kept");
    Files.delete(key);
    lookAgain("admin_tls_kept");
    assertThat(events.get(2).fields().get("reason"))
        .isEqualTo("admin.tls: " + key + " (expected: a file that is there)");
    assertThat(who(ec.client(null))).as("no key").isEqualTo(" false");

    rsa.writeKey(key);
    lookAgain("admin_tls_reloaded");
    assertThat(who(rsa.client(null))).isEqualTo(" false");
    assertThatThrownBy(() -> who(ec.client(null))).isInstanceOf(IOException.class);
  }

  /** A session that was begun under the old authorities must not be resumed under the new. */
  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void renewedAuthoritiesShutOutWhomTheyDoNotKnow(String protocol) throws Exception {
    Path clients = rsa.writeCertificate(directory.resolve("clients.crt"));
    start(AdminTls.pem(certificates, key).clientsMustBeSignedBy(clients));
    SSLContext former = ec.client(rsa);
    assertThat(rawWho(former, protocol)).endsWith("CN=rsa true");
    assertThat(rawWho(former, protocol)).endsWith("CN=rsa true");

    edwards.writeCertificate(clients);
    lookAgain("admin_tls_reloaded");

    assertThatThrownBy(() -> {
          assertThat(rawWho(former, protocol)).doesNotContain("HTTP/1.1 200");
          throw new IOException("closed without a word");
        })
        .isInstanceOf(IOException.class);
    assertThat(rawWho(ec.client(edwards), protocol)).endsWith("CN=edwards true");
  }

  @Test
  void aClientMayNotShakeHandsAgain() throws Exception {
    start(AdminTls.pem(certificates, key));
    try (SSLSocket socket =
        (SSLSocket) ec.client(null).getSocketFactory().createSocket("localhost", server.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      socket.getSession().invalidate();
      assertThatThrownBy(() -> {
            socket.startHandshake();
            assertThat(ask(socket)).isEmpty();
            throw new IOException("closed without a word");
          })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    assertThat(who(ec.client(null))).isEqualTo(" false");
  }

  @Test
  void filesThatCannotBeServedEndTheStart() throws Exception {
    Path missing = directory.resolve("missing.pem");
    assertRefused(
        AdminTls.pem(missing, key), "admin.tls: " + missing + " (expected: a file that is there)");
    assertRefused(
        AdminTls.pem(key, key), "admin.tls: " + key + " (expected: a certificate in PEM)");
    assertRefused(
        AdminTls.pem(certificates, certificates),
        "admin.tls: " + certificates + " (expected: a private key in PEM that is not encrypted)");
    assertRefused(
        AdminTls.pem(certificates, TestIdentity.make(directory, "other", "EC").writeKey(key)),
        "admin.tls: the private key is not the certificate's (expected: a pair)");
    assertRefused(
        AdminTls.pem(certificates, ec.writeKey(key)).clientsMustBeSignedBy(key),
        "admin.tls: " + key + " (expected: at least one certificate in PEM)");
    assertThatThrownBy(() -> start(AdminTls.pkcs12(rsa.store(), "wrong-password")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("admin.tls: [" + rsa.store())
        .hasMessageNotContaining("wrong-password");
    assertThatThrownBy(() -> AdminTls.pem(certificates, key).readEvery(Duration.ZERO))
        .hasMessage("admin.tls.interval: PT0S (expected: 100 ms to 1 h)");
    assertThat(AdminServerTest.adminThreads()).isEmpty();
  }

  private void assertRefused(AdminTls tls, String message) {
    assertThatThrownBy(() -> start(tls))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  private void start(AdminTls tls) {
    server = AdminServer.onPort(0)
        .tls(tls)
        .authorizedBy(request -> !request.client().isEmpty())
        .start(table, bus, time);
  }

  /** Turns the clock to the next look at the files, and waits for what is told of it. */
  private void lookAgain(String event) {
    int before = events.size();
    time.advance(INTERVAL);
    await().until(() -> events.size() > before);
    assertThat(events.get(before).type()).isEqualTo(event);
  }

  private String who(SSLContext context) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    URI uri = URI.create("https://localhost:" + server.port() + "/who");
    return client
        .send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private String rawWho(SSLContext context, String protocol) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setSoTimeout(10_000);
      return ask(socket);
    }
  }

  private static String ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }
}
