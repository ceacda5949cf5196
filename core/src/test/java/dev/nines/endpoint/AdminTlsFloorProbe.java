package dev.nines.endpoint;

import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** Runs in a JVM that lets old TLS be spoken, which the tests' own does not, and tells what the admin server speaks. */
final class AdminTlsFloorProbe {

  private AdminTlsFloorProbe() {}

  public static void main(String[] args) throws Exception {
    TestIdentity identity = new TestIdentity(Path.of(args[0]), "server");
    EventBus bus = new EventBus();
    EndpointTable table = new EndpointTable(bus, TimeSource.system());
    try (RunningAdminServer server = AdminServer.onPort(0)
        .tls(AdminTls.pkcs12(identity.store(), TestIdentity.PASSWORD))
        .start(table, bus, TimeSource.system())) {
      for (String protocol : List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")) {
        System.err.println(protocol
            + (speaks(identity.client(null), server.port(), protocol) ? " spoken" : " refused"));
      }
    }
  }

  private static boolean speaks(SSLContext context, int port, String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return true;
    } catch (SSLHandshakeException refused) {
      return false;
    }
  }
}
