package dev.nines.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a set of files made, ready to serve. Immutable.
 *
 * <p>Each set has a context of its own. One context over replaceable managers would serve new certificates too, but go on
 * to resume sessions of clients whom the authorities of today don't know.
 *
 * @param digest of the files
 * @param context serves connections
 * @param notAfter when the certificate ends
 */
record TlsMaterial(String digest, SSLContext context, Instant notAfter) {

  /** Keys and chains take some thousand bytes; a wrong path may lead to anything. */
  private static final int MOST_BYTES = 1_048_576;

  /** Those who come again and again are few; by default a context keeps 20,480 sessions for a day, 1 KB each. */
  private static final int SESSIONS = 256;

  /** The bytes of the files, and what tells them from others. */
  record Read(String digest, List<byte[]> contents) {}

  static Read read(AdminTls tls) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<byte[]> contents = new ArrayList<>();
    for (Path file : tls.files()) {
      byte[] content = read(file);
      digest.update(MessageDigest.getInstance("SHA-256").digest(content));
      contents.add(content);
    }
    return new Read(HexFormat.of().formatHex(digest.digest()), contents);
  }

  static TlsMaterial of(AdminTls tls, Read files) throws IOException, GeneralSecurityException {
    int own = tls.identity().files().size();
    KeyStore identity = tls.identity().read(files.contents().subList(0, own));
    char[] password = tls.identity().password();
    X509Certificate certificate = verified(identity, password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, password);
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] clients =
        clients(tls, files.contents().subList(own, files.contents().size()));
    context.init(keys.getKeyManagers(), clients, null);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    return new TlsMaterial(files.digest(), context, certificate.getNotAfter().toInstant());
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "admin.tls: " + file + " (expected: a file of at most " + MOST_BYTES + " bytes)");
      }
      return content;
    }
  }

  /** With no authorities nobody is asked for a certificate, and none is trusted. */
  private static TrustManager[] clients(AdminTls tls, List<byte[]> contents)
      throws IOException, GeneralSecurityException {
    TlsSource authorities = tls.authorities();
    if (authorities == null) {
      return new TrustManager[0];
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities.read(contents));
    return trust.getTrustManagers();
  }

  /** Requires that key and certificate belong together: of two files, one may be renewed before the other. */
  private static X509Certificate verified(KeyStore store, char[] password)
      throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        requirePair((PrivateKey) store.getKey(alias, password), certificate.getPublicKey());
        return certificate;
      }
    }
    throw new IllegalArgumentException("admin.tls: no private key (expected: one)");
  }

  private static void requirePair(PrivateKey key, PublicKey partner)
      throws GeneralSecurityException {
    byte[] challenge = "nines".getBytes(StandardCharsets.US_ASCII);
    String algorithm =
        switch (partner.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> partner.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(challenge);
    byte[] signed = signature.sign();
    signature.initVerify(partner);
    signature.update(challenge);
    if (!signature.verify(signed)) {
      throw new IllegalArgumentException(
          "admin.tls: the private key is not the certificate's (expected: a pair)");
    }
  }
}
