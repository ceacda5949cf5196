package dev.nines.ops.probes;

import java.util.List;

/** What must hold before a name or a number may stand in somebody else's configuration. */
final class Require {

  private Require() {}

  /** Requires a name that needs no quotes anywhere. */
  static String name(String name) {
    boolean plain = !name.isEmpty()
        && name.length() <= 63
        && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')
        && !name.startsWith("-")
        && !name.endsWith("-");
    if (!plain) {
      throw new IllegalArgumentException("name: '" + name
          + "' (expected: 1 to 63 lower-case letters, digits and '-', as DNS labels are)");
    }
    return name;
  }

  static int port(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
    return port;
  }

  /** Requires hosts by name or address, without port. */
  static List<String> hosts(List<String> hosts) {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts: none (expected: at least one)");
    }
    for (String host : hosts) {
      boolean plain = !host.isEmpty()
          && host.chars()
              .allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == '-');
      if (!plain) {
        throw new IllegalArgumentException(
            "hosts: '" + host + "' (expected: a name or an address, without port)");
      }
    }
    return List.copyOf(hosts);
  }
}
