package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Shakes hands as a client that trusts nobody without reason: the chain is verified against the context, the name against
 * the certificate, and nothing under TLS 1.2 is spoken.
 */
final class TlsHandshake {

  /** The floor and what is above it; older ones are broken (RFC 8996). */
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Address address;
  private final SSLContext context;

  TlsHandshake(Address address, SSLContext context) {
    this.address = address;
    this.context = context;
  }

  /** Returns the chain that the other side showed, its own certificate first. */
  List<Certificate> shake(CheckRun run) throws IOException {
    try (SSLSocket socket = connect(run)) {
      return List.of(socket.getSession().getPeerCertificates());
    }
  }

  /** Returns a connection on which hands are shaken. Cut and closed as {@link Address#connect} says. */
  SSLSocket connect(CheckRun run) throws IOException {
    Socket plain = address.connect(run);
    try {
      SSLSocket socket = (SSLSocket)
          context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }
}
