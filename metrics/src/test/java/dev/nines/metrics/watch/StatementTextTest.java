package dev.nines.metrics.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select * from t where a = ? and b = $1 and c = :name | select * from t where a = ? and b = $1 and c = :name",
        "select 'secret' | select ?",
        "select 'it''s secret' | select ?",
        "select 'C:\\' , 'secret' | select ?",
        "select 'it\\'s secret', 1 | select ?",
        "select E'it\\'s secret', 1 | select E?",
        "select 'C:\\\\' , 'secret' | select ? , ?",
        "select 'C:\\\\\\' , 'secret' | select ?",
        "select [it's] , 'secret' | select ?",
        "select array['secret', 'secret'][1] | select array[?, ?][?]",
        "select array['s]ecret', 'secret'] | select array?",
        "select \"never closed secret | select ?",
        "select \"a\\\" , 'secret' | select ?",
        "select type'secret' | select type?",
        "select q'[it's secret]', 1 | select q?, ?",
        "select nq'{it's secret}' | select nq?",
        "select U&'secret', X'5EC2E7', N'secret' | select U&?, X?, N?",
        "select $$it's secret$$, $tag$ $$secret$$ $tag$ | select ?, ?",
        "select 42, -1.5e-10, .5, 0x5EC2E7, t1.c2 | select ?, -?, .?, ?, t1.c2",
        "select \"Col 42\" from \"T\" | select \"Col 42\" from \"T\"",
        "select 1 -- secret | select ?",
        "select /* secret /* nested */ secret */ 1 | select ?",
        "select 'never closed | select ?",
        "select /* never closed secret | select",
        "select $x$never closed secret | select ?",
        "select q'[never closed secret | select q?",
        "select q' | select q?",
      })
  void noValueIsShown(String sql, String shown) {
    assertThat(StatementText.withoutValues(sql, true)).isEqualTo(shown).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 'it\\'s secret' | select ?",
        "select \"secret\" | select ?",
        "select 1 # secret | select ?",
      })
  void mysqlsOwnFormsAreKnown(String sql, String shown) {
    assertThat(StatementText.withoutValues(sql, false)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/shop, true",
    "jdbc:sqlserver://db;databaseName=shop, true",
    "jdbc:mysql://db/shop, false",
    "jdbc:mariadb://db/shop, false",
    "jdbc:sqlite:shop.db, false",
    "jdbc:wrapper:mysql://db/shop, false",
    ", false",
  })
  void doubleQuotesHoldNamesOnlyWhereThatIsKnown(String url, boolean names) {
    String shown = names ? "select \"secret\"" : "select ?";

    assertThat(StatementText.withoutValues(
            "select \"secret\"", DatabaseSystem.isAnsi(DatabaseSystem.ofUrl(url))))
        .isEqualTo(shown);
  }

  @Test
  void itIsOneLineAndNotALongOne() {
    assertThat(StatementText.withoutValues("select\n\t a\r\n  from t", true))
        .isEqualTo("select a from t");
    assertThat(StatementText.withoutValues("select " + "a, ".repeat(10_000), true))
        .hasSize(StatementText.LONGEST + 1)
        .endsWith("…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1 | SELECT",
        "  /* a */ -- b \\n ( SELECT 1) | SELECT",
        "selection | _OTHER",
        "explain select 1 | _OTHER",
        "with x as (select 1) select * from x | WITH",
        "{call f()} | _OTHER",
      })
  void theOperationIsTheFirstWord(String sql, String operation) {
    assertThat(SqlOperation.of(sql.replace("\\n", "\n")).label(false)).isEqualTo(operation);
  }

  @Test
  void nothingIsAnOperationToo() {
    assertThat(SqlOperation.of("").label(false)).isEqualTo("_OTHER");
    assertThat(SqlOperation.of("insert into t values (?)").label(true)).isEqualTo("BATCH INSERT");
  }
}
