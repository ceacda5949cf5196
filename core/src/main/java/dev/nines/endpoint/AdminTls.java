package dev.nines.endpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * TLS for the admin server, 1.2 or later, with a certificate from files that may be renewed while it runs: they are read
 * again at an interval, and a change serves the next connections. What can't be read then is told by the event {@code
 * admin_tls_kept}, once, and what was served before goes on.
 *
 * <p>The files are PEM, as cert-manager and Kubernetes' secrets have them, or PKCS12. A private key in PEM is not
 * encrypted; PKCS#8, PKCS#1 and SEC 1 are read.
 *
 * <p>Immutable and thread-safe.
 */
public final class AdminTls {

  /** A renewed certificate has weeks to be seen; a wrong one should be told before its author has gone. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final TlsSource identity;
  private final @Nullable TlsSource authorities;
  private final boolean required;
  private final Duration interval;

  private AdminTls(
      TlsSource identity, @Nullable TlsSource authorities, boolean required, Duration interval) {
    this.identity = identity;
    this.authorities = authorities;
    this.required = required;
    this.interval = interval;
  }

  /** Serves a certificate with its chain, the server's own first, and the private key to it. */
  public static AdminTls pem(Path certificates, Path privateKey) {
    return of(new PemIdentity(certificates, privateKey));
  }

  /** Serves the key in a PKCS12 store; the password opens both. */
  public static AdminTls pkcs12(Path keyStore, String password) {
    return of(new Pkcs12Store(keyStore, password));
  }

  /**
   * Lets in only clients with a certificate that one of these has signed, in PEM: mutual TLS. The kubelet has none, so its
   * probes would fail.
   */
  public AdminTls clientsMustBeSignedBy(Path authoritiesInPem) {
    return new AdminTls(identity, new PemAuthorities(authoritiesInPem), true, interval);
  }

  /**
   * Lets in clients without a certificate too; one that is shown must be signed by one of these, in PEM. Whom it
   * authorizes is for {@link AdminServer#authorizedBy} to say, by {@link EndpointRequest#client()}.
   */
  public AdminTls clientsMayBeSignedBy(Path authoritiesInPem) {
    return new AdminTls(identity, new PemAuthorities(authoritiesInPem), false, interval);
  }

  /** Sets how often the files are read; 100 ms to 1 h, 30 s by default. */
  public AdminTls readEvery(Duration replacement) {
    if (replacement.compareTo(Duration.ofMillis(100)) < 0
        || replacement.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "admin.tls.interval: " + replacement + " (expected: 100 ms to 1 h)");
    }
    return new AdminTls(identity, authorities, required, replacement);
  }

  TlsSource identity() {
    return identity;
  }

  @Nullable
  TlsSource authorities() {
    return authorities;
  }

  boolean required() {
    return required;
  }

  Duration interval() {
    return interval;
  }

  List<Path> files() {
    Stream<Path> clients = authorities == null ? Stream.empty() : authorities.files().stream();
    return Stream.concat(identity.files().stream(), clients).toList();
  }

  private static AdminTls of(TlsSource identity) {
    return new AdminTls(identity, null, false, INTERVAL);
  }

  @Override
  public String toString() {
    return "TLS from " + files();
  }
}
