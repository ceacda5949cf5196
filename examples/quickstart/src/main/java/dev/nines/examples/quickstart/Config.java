package dev.nines.examples.quickstart;

import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about where to listen and which database to use.
 *
 * @param port where orders are served; {@code PORT}, 8080 by default, 0 for any free one
 * @param adminPort where health and metrics are served; {@code ADMIN_PORT}, 8081 by default
 * @param paymentsPort where the payments service listens; {@code PAYMENTS_PORT}, any free one by default
 * @param databaseUrl the PostgreSQL to use; {@code DATABASE_URL}, an embedded one by default
 */
record Config(int port, int adminPort, int paymentsPort, Optional<DatabaseUrl> databaseUrl) {

  private static final int HIGHEST_PORT = 65_535;

  static Config from(Map<String, String> environment) {
    return new Config(
        port(environment, "PORT", 8080),
        port(environment, "ADMIN_PORT", 8081),
        port(environment, "PAYMENTS_PORT", 0),
        Optional.ofNullable(environment.get("DATABASE_URL")).map(DatabaseUrl::parse));
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    String value = environment.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw badPort(name, value);
    }
    throw badPort(name, value);
  }

  private static StartFailure badPort(String name, String value) {
    return new StartFailure(
        name + ": " + value + " (expected: a whole number from 0 to " + HIGHEST_PORT + ")");
  }
}
