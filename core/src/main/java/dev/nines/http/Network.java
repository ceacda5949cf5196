package dev.nines.http;

import dev.nines.request.IpLiteral;
import java.net.InetAddress;

/** The addresses whose first bits are those of one, as in {@code 10.0.0.0/8}. Immutable and thread-safe. */
final class Network {

  private final byte[] first;
  private final int bits;

  private Network(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /**
   * Reads an address, or a network in CIDR notation.
   *
   * @throws IllegalArgumentException if it is neither, has bits behind its prefix, or holds every address
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw invalid(text, "an address or a network, such as 10.0.0.0/8 or 2001:db8::/32");
    }
    byte[] bytes = address.getAddress();
    int all = bytes.length * Byte.SIZE;
    int bits = slash < 0 ? all : bits(text, slash, all);
    Network network = new Network(bytes, bits);
    for (int at = bits; at < all; at++) {
      if ((bytes[at / Byte.SIZE] >> 7 - at % Byte.SIZE & 1) != 0) {
        throw invalid(text, "no bits behind the first " + bits);
      }
    }
    return network;
  }

  private static int bits(String text, int slash, int all) {
    String digits = text.substring(slash + 1);
    boolean isNumber = !digits.isEmpty()
        && digits.length() <= 3
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int bits = isNumber ? Integer.parseInt(digits) : 0;
    if (bits < 1 || bits > all) {
      throw invalid(
          text,
          "a prefix of 1 to " + all + " bits; who trusts everybody lets each client name itself");
    }
    return bits;
  }

  private static IllegalArgumentException invalid(String text, String expected) {
    return new IllegalArgumentException("trusted proxy: " + text + " (expected: " + expected + ")");
  }

  boolean contains(byte[] address) {
    if (address.length != first.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int at = 0; at < whole; at++) {
      if (address[at] != first[at]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || (address[whole] ^ first[whole]) >> Byte.SIZE - rest == 0;
  }
}
