package dev.nines.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads addresses as texts: literals only, so that nothing a client sends is ever looked up. */
public final class IpLiteral {

  /** The longest literal, an IPv6 address that ends in an IPv4 one. */
  private static final int LONGEST = 45;

  private static final int OCTETS = 4;
  private static final int MOST_OCTET = 255;

  private IpLiteral() {}

  /** Returns the address that {@code text} spells, IPv4 with four decimal parts or IPv6 without a zone; null if none. */
  public static @Nullable InetAddress parse(String text) {
    if (!(isIpv4(text) || mayBeIpv6(text))) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) { // has the characters of one, yet is none
      return null;
    }
  }

  /**
   * Returns the address of these bytes.
   *
   * @throws IllegalArgumentException unless they are 4 or 16
   */
  public static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "address: " + bytes.length + " bytes (expected: 4 or 16)", e);
    }
  }

  private static boolean isIpv4(String text) {
    int octets = 1;
    int value = -1;
    for (int at = 0; at < text.length() && at < LONGEST; at++) {
      char c = text.charAt(at);
      if (c == '.' && value >= 0) {
        octets++;
        value = -1;
      } else if (c >= '0' && c <= '9' && value != 0) { // a leading zero means octal to some
        value = Math.max(value, 0) * 10 + c - '0';
      } else {
        return false;
      }
      if (value > MOST_OCTET) {
        return false;
      }
    }
    return octets == OCTETS && value >= 0 && text.length() < LONGEST;
  }

  /** Returns whether the JDK will take it for IPv6 or refuse it, but never ask a name server for it. */
  private static boolean mayBeIpv6(String text) {
    boolean colon = false;
    for (int at = 0; at < text.length() && at < LONGEST; at++) {
      char c = text.charAt(at);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 'f') {
        return false;
      }
      colon |= c == ':';
    }
    return colon && text.length() <= LONGEST;
  }
}
