package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {

  @Test
  void everyConstantIsInTheCatalogueOnce() throws IllegalAccessException {
    List<Metric> constants = new ArrayList<>();
    for (Field field : Metrics.class.getFields()) {
      if (field.getType() == Metric.class) {
        constants.add((Metric) field.get(null));
      }
    }

    assertThat(Metrics.all()).containsExactlyInAnyOrderElementsOf(constants);
    assertThat(Metrics.all()).extracting(Metric::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void saysItsBoundOnSeriesAndTheQueryToUse(Metric metric) {
    assertThat(metric.series()).isNotBlank();
    assertThat(metric.query()).contains(metric.name());
    assertThat(metric.query())
        .as("a query that compares returns nothing while all is well")
        .doesNotContainPattern("[<>]");
  }

  static Stream<Metric> catalogue() {
    return Metrics.all().stream();
  }
}
