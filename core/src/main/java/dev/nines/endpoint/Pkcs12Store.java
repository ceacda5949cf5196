package dev.nines.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;

/** A PKCS12 key store with a private key. */
final class Pkcs12Store implements TlsSource {

  private final Path file;
  private final String password;

  Pkcs12Store(Path file, String password) {
    this.file = file;
    this.password = password;
  }

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public KeyStore read(List<byte[]> contents) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(contents.get(0)), password());
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw new IllegalArgumentException(
        "admin.tls: " + file + " (expected: a key store with a private key)");
  }

  @Override
  public char[] password() {
    return password.toCharArray();
  }
}
