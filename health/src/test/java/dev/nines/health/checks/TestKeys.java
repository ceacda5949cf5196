package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key store with a certificate that signs itself, made with the JDK's own tool. */
public record TestKeys(Path file) {

  public static final String PASSWORD = "changeit";

  /** Makes keys for a name, valid from so many days from now on and for so many days; adds them if the file is there. */
  public static TestKeys make(Path file, String name, int fromDay, int days)
      throws IOException, InterruptedException {
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            name,
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=dns:" + name,
            "-startdate",
            (fromDay < 0 ? fromDay : "+" + fromDay) + "d",
            "-validity",
            Integer.toString(days),
            "-storetype",
            file.toString().endsWith(".jks") ? "JKS" : "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-keypass", // else a JKS store asks for it, and waits
            PASSWORD)
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return new TestKeys(file);
  }

  KeyStore store() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  Instant end(String name) throws IOException, GeneralSecurityException {
    return ((X509Certificate) store().getCertificate(name)).getNotAfter().toInstant();
  }

  /** Returns a context that shows these keys and trusts them. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** Writes the certificate and the key of a name as other tools want them. */
  void exportPem(String name, Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    Key secret = store().getKey(name, PASSWORD.toCharArray());
    Files.writeString(
        certificate, pem("CERTIFICATE", store().getCertificate(name).getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
  }

  private static String pem(String what, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** Replaces the file's content by that of another. */
  void renewFrom(TestKeys other) throws IOException {
    Files.write(file, Files.readAllBytes(other.file));
  }
}
