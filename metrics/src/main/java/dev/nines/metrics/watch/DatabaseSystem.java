package dev.nines.metrics.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which database is behind a connection, as OpenTelemetry names it in {@code db.system.name}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/db/">db.system.name</a>
 */
final class DatabaseSystem {

  static final String REDIS = "redis";

  private static final String UNKNOWN = "other_sql";

  private static final Map<String, String> BY_SUBPROTOCOL = Map.ofEntries(
      Map.entry("postgresql", "postgresql"),
      Map.entry("mysql", "mysql"),
      Map.entry("mariadb", "mariadb"),
      Map.entry("oracle", "oracle.db"),
      Map.entry("sqlserver", "microsoft.sql_server"),
      Map.entry("db2", "ibm.db2"),
      Map.entry("h2", "h2database"),
      Map.entry("hsqldb", "hsqldb"),
      Map.entry("derby", "derby"),
      Map.entry("sqlite", "sqlite"),
      Map.entry("clickhouse", "clickhouse"));

  private static final Set<String> ANSI = Set.of(
      "postgresql",
      "oracle.db",
      "microsoft.sql_server",
      "ibm.db2",
      "h2database",
      "hsqldb",
      "derby");

  private DatabaseSystem() {}

  /** Asks the driver, which knows it from the URL. */
  static String of(Connection connection) {
    try {
      return ofUrl(connection.getMetaData().getURL());
    } catch (SQLException | RuntimeException e) {
      return UNKNOWN; // a driver that does not say; queries are measured all the same
    }
  }

  /** Returns the system of {@code jdbc:postgresql://…}. */
  static String ofUrl(@Nullable String url) {
    String[] parts = url == null ? new String[0] : url.split(":", 3);
    return parts.length < 2 ? UNKNOWN : BY_SUBPROTOCOL.getOrDefault(parts[1], UNKNOWN);
  }

  /** Returns whether it is known to take what double quotes hold for a name, and {@code #} for no comment. */
  static boolean isAnsi(String system) {
    return ANSI.contains(system);
  }
}
