package dev.nines.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** A certificate with its chain in one PEM file, and its private key in another, or in the same. */
record PemIdentity(Path certificates, Path privateKey) implements TlsSource {

  @Override
  public List<Path> files() {
    return List.of(certificates, privateKey);
  }

  @Override
  public KeyStore read(List<byte[]> contents) throws GeneralSecurityException, IOException {
    List<Certificate> chain = Pem.certificates(contents.get(0));
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(
          "admin.tls: " + certificates + " (expected: a certificate in PEM)");
    }
    PrivateKey key = key(contents.get(1), chain.get(0).getPublicKey());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password());
    store.setKeyEntry("server", key, password(), chain.toArray(Certificate[]::new));
    return store;
  }

  private PrivateKey key(byte[] content, PublicKey partner) throws GeneralSecurityException {
    for (Pem.Block block : Pem.blocks(content)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(partner, block.der());
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          return key(partner, Der.pkcs8(block.der(), partner));
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "admin.tls: " + privateKey + " (expected: a private key in PEM that is not encrypted)");
  }

  private static PrivateKey key(PublicKey partner, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(partner.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }
}
