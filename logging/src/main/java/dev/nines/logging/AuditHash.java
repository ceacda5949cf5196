package dev.nines.logging;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a record is hashed: SHA-256, or HMAC-SHA-256 where there is a key. Whoever can write the file can compute the first
 * anew for every record; for the second they need the key.
 *
 * <p>Not thread-safe.
 */
final class AuditHash {

  /** As long as the hash: RFC 2104 discourages shorter keys. */
  static final int SHORTEST_KEY = 32;

  private final @Nullable Mac keyed;
  private final @Nullable MessageDigest plain;

  private AuditHash(@Nullable Mac keyed, @Nullable MessageDigest plain) {
    this.keyed = keyed;
    this.plain = plain;
  }

  static AuditHash of(byte @Nullable [] key) {
    try {
      if (key == null) {
        return new AuditHash(null, MessageDigest.getInstance("SHA-256"));
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new AuditHash(mac, null);
    } catch (GeneralSecurityException e) { // every Java platform has both
      throw new IllegalStateException(e);
    }
  }

  static void check(byte[] key) {
    if (key.length < SHORTEST_KEY) {
      throw new IllegalArgumentException("audit.key: " + key.length + " bytes (expected: at least "
          + SHORTEST_KEY + " random bytes)");
    }
  }

  /** Returns the hash of the first {@code length} bytes in hexadecimal digits. */
  String of(byte[] bytes, int length) {
    byte[] hash;
    if (keyed != null) {
      keyed.update(bytes, 0, length);
      hash = keyed.doFinal();
    } else {
      plain.update(bytes, 0, length);
      hash = plain.digest();
    }
    return HexFormat.of().formatHex(hash);
  }
}
