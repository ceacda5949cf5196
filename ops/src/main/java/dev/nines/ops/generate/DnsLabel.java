package dev.nines.ops.generate;

import java.util.Locale;

/** Names for where only those of DNS labels are allowed: objects of Kubernetes, services of Compose, OpenSLO. */
public final class DnsLabel {

  private static final int LONGEST = 63;
  private static final int HASH = 8;

  private DnsLabel() {}

  /**
   * Returns the name in lower case, with {@code -} in place of what is neither a letter nor a digit. One that is too long, or
   * that begins with none of these, is told apart by a hash.
   */
  public static String of(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (plain.isEmpty() || !Character.isLetter(plain.charAt(0))) {
      plain = "s-" + plain;
    }
    if (plain.length() <= LONGEST && plain.length() > 2) {
      return plain;
    }
    String begin = plain.substring(0, Math.min(plain.length(), LONGEST - HASH - 1));
    return begin.replaceAll("-+$", "") + "-" + String.format("%08x", name.hashCode());
  }
}
