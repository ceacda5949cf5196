package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Checks of TLS: whether hands can be shaken, and how long the certificates still last.
 *
 * <p>They are two, because they mean different things. A handshake that fails is an outage now, and belongs to a
 * {@link dev.nines.dependency.Dependency}. A certificate that ends in six days is work for a person, and everything still
 * answers: add its check with {@code HealthEndpoints.check(name, check)}, whose failure degrades and leaves the service
 * ready. It is the same certificate for every instance, so they would all become unready at once.
 *
 * <p>The checks of certificates also publish when the first of them ends, under the name of the check:
 * {@code nines_certificate_expiry_timestamp_seconds{check}}.
 *
 * <p>Nothing under TLS 1.2 is spoken. All are thread-safe.
 */
public final class TlsChecks {

  /**
   * How long before its end a certificate degrades: 30 days, when certificates of 90 days are due for renewal.
   *
   * @see <a href="https://letsencrypt.org/docs/faq/">Let's Encrypt, "What is the lifetime for Let's Encrypt
   *     certificates?"</a>
   */
  public static final Duration EXPIRY_WARNS = Duration.ofDays(30);

  /** How long before its end a certificate is unhealthy: 7 days, a week of work for whoever must renew it by hand. */
  public static final Duration EXPIRY_FAILS = Duration.ofDays(7);

  private TlsChecks() {}

  /**
   * Shakes hands over TLS and closes the connection. The chain must be trusted by the context, the certificate must be made
   * out to {@code host}, and the protocol must be TLS 1.2 or later.
   *
   * @param context decides who is trusted, and what certificate of one's own is shown: the one of the service's client
   * @throws IllegalArgumentException if the port is not in 1 to 65535
   */
  public static Check handshake(String host, int port, SSLContext context) {
    return new TlsHandshakeCheck(new TlsHandshake(new Address(host, port), context));
  }

  /**
   * Shakes hands, as {@link #handshake} does, and judges how long the certificates that are shown still last: at
   * {@link #EXPIRY_WARNS} before the end of the first it is degraded, at {@link #EXPIRY_FAILS} before it unhealthy. One
   * that is not valid yet is unhealthy too.
   *
   * @throws IllegalArgumentException if the port is not in 1 to 65535
   */
  public static Check certificate(String host, int port, SSLContext context, TimeSource time) {
    TlsHandshake handshake = new TlsHandshake(new Address(host, port), context);
    return new CertificateCheck(handshake::shake, time);
  }

  /**
   * Judges how long all certificates in the file of a key store or trust store (PKCS#12 or JKS) still last, by the same
   * rule. The file is read anew at each run, so that a renewed one is seen; whether the service has loaded it is for
   * {@link #certificate(String, int, SSLContext, TimeSource)} on its own port to say.
   *
   * @param password opens the store; copied, and never shown
   */
  public static Check certificates(Path keyStore, char[] password, TimeSource time) {
    return new CertificateCheck(new KeyStoreCertificates(keyStore, password), time);
  }
}
