package dev.nines.metrics.lint;

import dev.nines.telemetry.NamingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Prometheus' rules for names, units and help. */
final class NamingRule implements Rule {

  @Override
  public void check(Exposure exposure, Consumer<Finding> found) {
    for (ExposedFamily family : exposure.families()) {
      List<String> labels = new ArrayList<>(family.values().keySet());
      NamingRules.check(family.name(), family.kind(), family.unit(), family.help(), labels)
          .forEach(violation -> found.accept(new Finding(
              violation.rule(),
              family.name(),
              Severity.WARNING,
              violation.message(),
              violation.fix())));
    }
  }
}
