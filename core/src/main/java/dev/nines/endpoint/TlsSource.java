package dev.nines.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** Files that hold keys or certificates. */
interface TlsSource {

  List<Path> files();

  /**
   * Makes a key store of what the files hold.
   *
   * @param contents of the files, in their order
   * @throws IllegalArgumentException if it is not what was expected; the message names file and expectation
   */
  KeyStore read(List<byte[]> contents) throws GeneralSecurityException, IOException;

  /** Returns what opens the private key in the key store. */
  default char[] password() {
    return new char[0];
  }
}
