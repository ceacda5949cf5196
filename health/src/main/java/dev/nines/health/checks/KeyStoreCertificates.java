package dev.nines.health.checks;

import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Finds all certificates of a key store's file: those of each chain, and those that are trusted. */
final class KeyStoreCertificates implements CertificateCheck.Source {

  private final Path file;
  private final char[] password;

  KeyStoreCertificates(Path file, char[] password) {
    this.file = file;
    this.password = password.clone();
  }

  @Override
  public Collection<? extends Certificate> find(CheckRun run)
      throws IOException, GeneralSecurityException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no key store at the watched path");
    }
    // Tells PKCS#12 and JKS apart by themselves.
    KeyStore store = KeyStore.getInstance(file.toFile(), password);
    List<Certificate> found = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate[] chain = store.getCertificateChain(alias);
      Certificate alone = store.getCertificate(alias);
      if (chain != null) {
        found.addAll(List.of(chain));
      } else if (alone != null) {
        found.add(alone);
      }
    }
    return found;
  }
}
