package dev.nines.examples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Prepares PostgreSQL and opens the pool of connections to it. */
final class Database {

  /** Short, so that an outage is an error soon and not a queue of waiting requests. */
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(1);

  private static final String SCHEMA = """
      create table if not exists orders (
        id bigint generated always as identity primary key,
        item text not null,
        cents integer not null,
        payment text not null)
      """;

  private Database() {}

  /** Creates the schema, and thereby finds out whether the database is there. */
  static void prepare(DatabaseUrl url) {
    try {
      DriverManager.getDriver(url.jdbcUrl());
    } catch (SQLException missing) {
      throw new StartFailure(
          "PostgreSQL's JDBC driver is missing (expected: org.postgresql:postgresql on the classpath)",
          missing);
    }
    try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), driverProperties(url));
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
    } catch (SQLException unreachable) {
      throw new StartFailure(
          "The database " + url + " can't be used: " + unreachable.getMessage()
              + " (expected: a running PostgreSQL where DATABASE_URL says)",
          unreachable);
    }
  }

  static HikariDataSource pool(DatabaseUrl url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders-db");
    config.setJdbcUrl(url.jdbcUrl());
    config.setDataSourceProperties(driverProperties(url));
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(CONNECTION_WAIT.toMillis() / 2);
    return new HikariDataSource(config);
  }

  private static Properties driverProperties(DatabaseUrl url) {
    Properties properties = new Properties();
    // Seconds after which the driver gives up: a frozen database must not hold a thread for good.
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("socketTimeout", "2");
    properties.putAll(url.properties());
    return properties;
  }
}
