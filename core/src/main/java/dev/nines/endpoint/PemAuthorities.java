package dev.nines.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/** Certificates of those who may sign clients' ones. */
record PemAuthorities(Path file) implements TlsSource {

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public KeyStore read(List<byte[]> contents) throws GeneralSecurityException, IOException {
    List<Certificate> certificates = Pem.certificates(contents.get(0));
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "admin.tls: " + file + " (expected: at least one certificate in PEM)");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password());
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    return store;
  }
}
