package dev.nines.examples.quickstart;

import dev.nines.examples.faults.Fault;
import java.util.Map;
import java.util.function.Consumer;

/** Breaks the dependencies, for real: {@code POST /chaos/{name}?mode=down|slow|up}. */
final class Chaos {

  private final Map<String, Consumer<Fault>> dependencies;

  /** Knows how to make each dependency behave like a fault, by its name. */
  Chaos(Map<String, Consumer<Fault>> dependencies) {
    this.dependencies = Map.copyOf(dependencies);
  }

  Answer set(Request request) {
    String name = request.path("dependency");
    if (!dependencies.containsKey(name)) {
      throw Problem.notFound(
          "no such dependency (expected: one of " + String.join(", ", dependencies.keySet()) + ")");
    }
    Fault fault = request
        .query("mode")
        .flatMap(Fault::named)
        .orElseThrow(() -> Problem.badRequest("mode (expected: down, slow or up)"));
    dependencies.get(name).accept(fault);
    return Answer.json(200, Map.of(name, fault.label()));
  }
}
