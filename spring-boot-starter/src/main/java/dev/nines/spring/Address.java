package dev.nines.spring;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where calls go: a server, and below which path. */
record Address(String scheme, String host, int port, String path) {

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** Returns the server of a URI without its path; null if it is not one of {@code http} or {@code https} with a host. */
  static @Nullable Address server(URI uri) {
    return of(uri, "");
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message begins with its name
   */
  static Address parse(String name, String text) {
    Address address = null;
    try {
      URI uri = URI.create(text);
      address = of(uri, uri.getRawPath() == null ? "" : uri.getRawPath());
    } catch (IllegalArgumentException e) {
      // told below
    }
    if (address == null) {
      throw new IllegalArgumentException(name + ": " + text
          + " (expected: an absolute http or https URI, such as http://payments)");
    }
    return address;
  }

  private static @Nullable Address of(URI uri, String path) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    String host = uri.getHost();
    if (host == null || !secure && !scheme.equals("http")) {
      return null;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    return new Address(scheme, host.toLowerCase(Locale.ROOT), port, withoutSlash(path));
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns whether a call to that server and path goes here. */
  boolean covers(Address called, @Nullable String rawPath) {
    return port == called.port
        && host.equals(called.host)
        && scheme.equals(called.scheme)
        && isBelow(rawPath == null ? "" : rawPath);
  }

  private boolean isBelow(String rawPath) {
    return rawPath.startsWith(path)
        && (rawPath.length() == path.length() || rawPath.charAt(path.length()) == '/');
  }
}
