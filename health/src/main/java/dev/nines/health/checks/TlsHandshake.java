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
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Address address;
  private final SSLContext context;

  TlsHandshake(Address address, SSLContext context) {
    this.address = address;
    this.context = context;
  }

  /** Returns the chain that the other side showed, its own certificate first. */
  List<Certificate> shake(CheckRun run) throws IOException {
    try (Socket plain = address.connect(run);
        SSLSocket socket = (SSLSocket)
            context.getSocketFactory().createSocket(plain, address.host(), address.port(), true)) {
      // For each read. What drips is ended by the run's abort, which closes the socket below.
      socket.setSoTimeout(Address.millis(run));
      socket.setSSLParameters(parameters(socket.getSSLParameters()));
      socket.startHandshake();
      return List.of(socket.getSession().getPeerCertificates());
    }
  }

  private static SSLParameters parameters(SSLParameters parameters) {
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }
}
