package dev.nines.ops.testing;

import dev.nines.ops.Generators;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is generated, read again. */
public final class Generated {

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Map<String, GeneratedFile> files;

  public Generated(Blueprint blueprint) {
    files = Generators.generate(blueprint).stream()
        .collect(Collectors.toMap(GeneratedFile::path, Function.identity()));
  }

  /** Returns the blueprint of a service with dependencies, a peak, and a route with promises of its own. */
  public static Blueprint checkout() {
    return Blueprint.of(targets(), "checkout");
  }

  /** Returns such a declaration. */
  public static ReliabilityTargets targets() {
    LatencyTargets slower = new LatencyTargets(
        List.of(new LatencyTarget(new BigDecimal("0.99"), Duration.ofSeconds(1))));
    return ReliabilityTargets.builder()
        .peakRequestsPerSecond(new BigDecimal("200"))
        .route(new RouteTargets("POST /orders", Optional.empty(), Optional.of(slower)))
        .dependency(DependencyTargets.required("orders-db"))
        .dependency(DependencyTargets.optional("payments"))
        .build();
  }

  public List<String> paths() {
    return files.keySet().stream().sorted().toList();
  }

  public String text(String path) {
    return files.get(path).content();
  }

  /** Returns the only document of a file in YAML or JSON. */
  public JsonNode document(String path) {
    List<JsonNode> documents = documents(path);
    if (documents.size() != 1) {
      throw new AssertionError(path + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }

  public List<JsonNode> documents(String path) {
    List<JsonNode> documents = new ArrayList<>();
    YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(text(path))
        .forEachRemaining(documents::add);
    return documents;
  }
}
