package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  @Test
  void withoutAnyVariableTheDefaultsHold() {
    assertThat(Config.from(Map.of())).isEqualTo(new Config(8080, 8081, 0, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "-1", "65536", "8080.0"})
  void aPortOutsideItsRangeIsRefused(String port) {
    assertThatThrownBy(() -> Config.from(Map.of("ADMIN_PORT", port)))
        .isInstanceOf(StartFailure.class)
        .hasMessage("ADMIN_PORT: " + port + " (expected: a whole number from 0 to 65535)");
  }
}
