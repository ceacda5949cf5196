package dev.nines.metrics.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Two metrics of one name: one of them is missing, or a scraper takes one for a part of the other. */
final class CollisionRule implements Rule {

  private static final String RULE = "name-collision";

  @Override
  public void check(Exposure exposure, Consumer<Finding> found) {
    for (Exposure.Failure failure : exposure.failures()) {
      found.accept(new Finding(
          RULE,
          failure.meter(),
          Severity.ERROR,
          "It was not registered: " + failure.reason(),
          "Give it a name of its own, and the same labels wherever it is registered."));
    }
    Map<String, String> owners = new HashMap<>();
    for (ExposedFamily family : exposure.families()) {
      family.names().stream()
          .filter(owners::containsKey)
          .findFirst()
          .ifPresent(name -> found.accept(taken(family.name(), name, owners.get(name))));
      family.names().forEach(name -> owners.putIfAbsent(name, family.name()));
    }
  }

  private static Finding taken(String family, String name, String owner) {
    return new Finding(
        RULE,
        family,
        Severity.ERROR,
        "A scraper sees " + name + " of " + owner + ", too.",
        "Rename one of the two.");
  }
}
