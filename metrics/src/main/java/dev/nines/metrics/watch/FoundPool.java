package dev.nines.metrics.watch;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks for a HikariCP pool behind a data source. */
final class FoundPool {

  private FoundPool() {}

  static Optional<Watch<?>> behind(String name, DataSource source) {
    try {
      return source.isWrapperFor(HikariDataSource.class)
          ? Optional.of(new HikariPool(name, source.unwrap(HikariDataSource.class)))
          : Optional.empty();
    } catch (NoClassDefFoundError | SQLException e) {
      return Optional.empty(); // no HikariCP here, or a data source that does not say what it is
    }
  }
}
