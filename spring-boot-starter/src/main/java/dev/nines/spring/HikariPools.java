package dev.nines.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.Check;
import dev.nines.health.checks.PoolChecks;
import java.math.BigDecimal;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What only HikariCP's own classes can say. Apart from any bean, for Spring reads the signatures of a bean's methods, and a
 * service may have another pool.
 */
final class HikariPools {

  private static final boolean PRESENT = ClassUtils.isPresent(
      "com.zaxxer.hikari.HikariDataSource", HikariPools.class.getClassLoader());

  private HikariPools() {}

  /** Returns the pool behind a data source, as an object; null if it is none of HikariCP's. */
  static @Nullable Object behind(DataSource source) {
    return PRESENT ? pool(source) : null;
  }

  /** Returns the check of the database behind {@link #behind}. */
  static Check database(Object pool) {
    return PoolChecks.database((HikariDataSource) pool);
  }

  /** Returns the check of the pool itself. */
  static Check pool(Object pool, BigDecimal target) {
    return PoolChecks.pool((HikariDataSource) pool, target);
  }

  private static @Nullable HikariDataSource pool(DataSource source) {
    try {
      return source.isWrapperFor(HikariDataSource.class)
          ? source.unwrap(HikariDataSource.class)
          : null;
    } catch (SQLException e) {
      return null; // a wrapper that cannot say is asked as it is
    }
  }
}
