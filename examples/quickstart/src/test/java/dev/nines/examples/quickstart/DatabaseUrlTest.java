package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  @Test
  void theCommonFormIsRead() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgres://shop:p%40ss+1@db.example:5433/orders?sslmode=require");

    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/orders");
    assertThat(url.properties())
        .isEqualTo(Map.of("user", "shop", "password", "p@ss+1", "sslmode", "require"));
  }

  @Test
  void theDriversFormIsRead() {
    DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://[::1]/orders?user=shop&password=secret");

    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/orders");
    assertThat(url.properties()).isEqualTo(Map.of("user", "shop", "password", "secret"));
  }

  @Test
  void whatIsShownHoldsNoSecret() {
    assertThat(DatabaseUrl.parse("postgres://shop:secret@db.example/orders"))
        .hasToString("postgres://db.example:5432/orders");
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://shop:secret@db/orders, scheme mysql",
    "shop:secret@db/orders, scheme shop",
    "postgres://shop:secret@db, no database",
    "postgres://shop:secret@a:1%2cb:2/orders, no single host",
    "jdbc:postgresql:orders, no single host",
    "postgres://shop:sec ret@db/orders, Illegal character",
  })
  void aMalformedOneIsRefusedWithoutRepeatingIt(String url, String why) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("DATABASE_URL: " + why)
        .hasMessageContaining("expected: postgres://user:password@host:port/database")
        .hasMessageNotContaining("secret");
  }
}
