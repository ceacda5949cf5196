package dev.nines.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a PostgreSQL is, as {@code DATABASE_URL} says it: {@code postgres://user:password@host:port/database} or
 * {@code jdbc:postgresql://host:port/database?user=…&password=…}.
 *
 * @param host its name or address
 * @param port 5432 by default
 * @param database its name, still percent-encoded
 * @param properties what the driver is told besides, the password included; never shown
 */
record DatabaseUrl(String host, int port, String database, Map<String, String> properties) {

  private static final int DEFAULT_PORT = 5432;
  private static final String EXPECTED = " (expected: postgres://user:password@host:port/database"
      + " or jdbc:postgresql://host:port/database?user=…&password=…)";

  DatabaseUrl {
    properties = Map.copyOf(properties);
  }

  /** Reads either form; an error never repeats the URL, for it may hold a password. */
  static DatabaseUrl parse(String url) {
    URI uri = uri(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("postgres") && !scheme.equals("postgresql")) {
      throw new StartFailure("DATABASE_URL: scheme " + scheme + EXPECTED);
    }
    if (uri.getHost() == null) {
      throw new StartFailure("DATABASE_URL: no single host" + EXPECTED);
    }
    if (uri.getPath().length() < 2) {
      throw new StartFailure("DATABASE_URL: no database" + EXPECTED);
    }
    return new DatabaseUrl(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        uri.getRawPath().substring(1),
        properties(uri));
  }

  /** Returns the same database, reached through another address. */
  DatabaseUrl at(String otherHost, int otherPort) {
    return new DatabaseUrl(otherHost, otherPort, database, properties);
  }

  /** Returns the form that the driver understands, without user and password. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Returns it without its secrets. */
  @Override
  public String toString() {
    return "postgres://" + host + ":" + port + "/" + database;
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      throw new StartFailure("DATABASE_URL: " + malformed.getReason() + EXPECTED);
    }
  }

  private static Map<String, String> properties(URI uri) {
    Map<String, String> properties = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      properties.putAll(Arrays.stream(uri.getRawQuery().split("&"))
          .map(pair -> pair.split("=", 2))
          .collect(Collectors.toMap(
              pair -> decode(pair[0]),
              pair -> pair.length == 2 ? decode(pair[1]) : "",
              (first, last) -> last)));
    }
    if (uri.getRawUserInfo() != null) {
      String[] user = uri.getRawUserInfo().split(":", 2);
      properties.put("user", decode(user[0]));
      properties.put("password", user.length == 2 ? decode(user[1]) : "");
    }
    return properties;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
  }
}
