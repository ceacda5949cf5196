package dev.nines.health.checks;

import dev.nines.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/**
 * Runs in a JVM that lets TLS 1.1 be spoken, which the tests' own does not: proves that a client can speak it with a server
 * there, and that the checks do not.
 */
final class TlsFloorProbe {

  private static final String OLD = "TLSv1.1";

  private TlsFloorProbe() {}

  public static void main(String[] args) throws Exception {
    SSLContext context = new TestKeys(Path.of(args[0])).context();
    try (TlsServer server = new TlsServer(context, 0, OLD)) {
      speakOld(context, server.port());
      refuse(() -> TlsChecks.handshake("localhost", server.port(), context)
          .run(new TestRun(Duration.ofSeconds(10))));
      refuse(() -> TlsChecks.certificate("localhost", server.port(), context, TimeSource.system())
          .run(new TestRun(Duration.ofSeconds(10))));
      URI uri = URI.create("https://localhost:" + server.port() + "/");
      refuse(() -> Checks.http(uri).tls(context).run(new TestRun(Duration.ofSeconds(10))));
      refuse(() -> Checks.redis("localhost", server.port())
          .tls(context)
          .run(new TestRun(Duration.ofSeconds(10))));
    }
  }

  private static void speakOld(SSLContext context, int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {OLD});
      socket.startHandshake();
    }
  }

  private static void refuse(Callable<?> check) throws Exception {
    try {
      throw new AssertionError("spoke " + OLD + " and said " + check.call());
    } catch (SSLHandshakeException e) {
      return; // as it must
    }
  }
}
