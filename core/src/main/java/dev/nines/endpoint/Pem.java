package dev.nines.endpoint;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file; what stands between them is passed over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class Pem {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /** What one block holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(String label, byte[] der) {}

  /** @throws IllegalArgumentException if a block is cut off or no Base64 */
  static List<Block> blocks(byte[] file) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    String label = "";
    for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n")) {
      String stripped = line.strip();
      if (stripped.startsWith(BEGIN) && stripped.endsWith(DASHES)) {
        label = stripped.substring(BEGIN.length(), stripped.length() - DASHES.length());
        body.setLength(0);
      } else if (stripped.startsWith(END)) {
        blocks.add(new Block(label, Base64.getDecoder().decode(body.toString())));
        label = "";
      } else if (!label.isEmpty()) {
        body.append(stripped);
      }
    }
    if (!label.isEmpty()) {
      throw new IllegalArgumentException("a block without its end");
    }
    return blocks;
  }

  static List<Certificate> certificates(byte[] file) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
      }
    }
    return certificates;
  }
}
