package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

  @ParameterizedTest(name = "{0} gets {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "application/health+json | DRAFT",
        "application/health+json, application/json | DRAFT",
        "application/json, application/health+json;q=0.9 | DEFAULT",
        "application/health+json;q=0.5, */* | DEFAULT",
        "application/health+json, */*;q=0.1 | DRAFT",
        "application/json;q=0.2, application/health+json; q=0.8 | DRAFT",
        "application/health+json;q=0 | DEFAULT",
        "application/health+json;q=2 | DEFAULT",
        "application/health+json;q=x | DEFAULT",
        "application/health+json;q= | DEFAULT",
        "application/health+jsonx | DEFAULT",
        "text/html, */* | DEFAULT",
        "application/json | DEFAULT",
        "',;,;q=,' | DEFAULT",
        "text/plain | TEXT",
        "TEXT/Plain; charset=utf-8 | TEXT",
        "text/* | TEXT",
        "application/* | DEFAULT",
        "*/* | DEFAULT",
        "application/json, text/plain, */* | DEFAULT",
        "text/plain, application/json | TEXT",
        "text/plain, */* | TEXT",
        "text/plain;q=0.5, */* | DEFAULT",
        "application/json;q=0, */* | DRAFT",
        "application/*;q=0, */* | TEXT",
        "application/json;q=0.3, application/*;q=0.9 | DRAFT",
        "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8 | DEFAULT",
        "image/png | DEFAULT",
        "*/*;q=0 | DEFAULT",
        "text/plain;q=NaN, application/health+json;q=0.001 | DRAFT",
        "text/plain;q=-1 | DEFAULT"
      })
  void theFormIsTheOneWantedMostAndNamedClosest(String accept, Format expected) {
    assertThat(Format.accepted(accept)).isEqualTo(expected);
  }

  @Test
  void noHeaderGetsTheDefault() {
    assertThat(Format.accepted(null)).isEqualTo(Format.DEFAULT);
  }
}
