package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuntimeNamesTest {

  @Test
  void whatIsExposedBesideTheCatalogueIsTheJvmsAndStandsInTheDocument() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      Set<String> catalogue = Metrics.all().stream().map(Metric::name).collect(Collectors.toSet());
      Set<String> others =
          new TreeSet<>(Exposition.parse(service.scrape()).types().keySet());
      others.removeAll(catalogue);
      String document = Files.readString(Path.of("..", "docs", "metrics.md"));

      assertThat(others).isNotEmpty().allSatisfy(name -> assertThat(document)
          .contains("`" + name + "`"));
    }
  }
}
