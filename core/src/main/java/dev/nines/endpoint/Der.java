package dev.nines.endpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;

/**
 * The little DER that private keys of older forms ask for.
 *
 * <p>PKCS#1 and SEC 1 hold a key without saying of which kind; PKCS#8, which the JDK reads, is the same with its kind
 * before it, and that is the kind of the public key in the certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208#section-5">RFC 5208, section 5</a>
 */
final class Der {

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /** The highest bit of a length says that more bytes of it follow. */
  private static final int LONG_FORM = 0x80;

  private Der() {}

  static byte[] pkcs8(byte[] key, PublicKey partner) {
    byte[] kind = firstOf(partner.getEncoded());
    return value(SEQUENCE, VERSION_0, kind, value(OCTET_STRING, key));
  }

  /** Returns the first value within a sequence: of an encoded public key, its kind. */
  private static byte[] firstOf(byte[] sequence) {
    ByteBuffer in = ByteBuffer.wrap(sequence);
    in.get();
    length(in);
    int from = in.position();
    in.get();
    int length = length(in);
    byte[] first = new byte[in.position() + length - from];
    in.position(from).get(first);
    return first;
  }

  private static int length(ByteBuffer in) {
    int first = in.get() & 0xff;
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = first - LONG_FORM; i > 0; i--) {
      length = length << 8 | in.get() & 0xff;
    }
    return length;
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length + 6);
    out.put((byte) tag);
    if (length < LONG_FORM) {
      out.put((byte) length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0;
      out.put((byte) (LONG_FORM + digits.length - from)).put(digits, from, digits.length - from);
    }
    for (byte[] part : parts) {
      out.put(part);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
