package dev.nines.ops.cli;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.generate.Links;
import dev.nines.ops.generate.Ports;
import dev.nines.targets.ReliabilityTargets;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The declaration, and what a generator must know besides. */
final class BlueprintOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin
  private Declaration declaration;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service's name; default: the one that the declaration gives.")
  private @Nullable String service;

  @Option(
      names = "--selector",
      paramLabel = "MATCHERS",
      description = "Label matchers that find the series of all instances of the service in"
          + " Prometheus, such as 'job=\"checkout\",namespace=\"shop\"'; default: its name as job.")
  private @Nullable String selector;

  @Option(
      names = "--naming",
      defaultValue = "otel",
      description =
          "Names of the HTTP metrics on dashboards: ${COMPLETION-CANDIDATES}; spring is for"
              + " services with nines.metrics.naming=spring; default: ${DEFAULT-VALUE}.")
  private Naming naming;

  @Option(
      names = "--runbooks",
      paramLabel = "URL",
      defaultValue = "https://runbooks.invalid",
      description = "Where the directory runbooks/ is published; default: ${DEFAULT-VALUE}.")
  private URI runbooks;

  @Option(
      names = "--dashboards",
      paramLabel = "URL",
      defaultValue = "https://grafana.invalid",
      description = "Where Grafana is; default: ${DEFAULT-VALUE}.")
  private URI dashboards;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where an instance serves; default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Where it shows /metrics and its health; default: ${DEFAULT-VALUE}.")
  private int adminPort;

  /** @throws dev.nines.targets.InvalidTargetsException with everything that is wrong in the declaration */
  Blueprint blueprint() {
    ReliabilityTargets targets = declaration.load();
    try {
      Blueprint blueprint = Blueprint.of(targets, name(targets))
          .naming(naming.names)
          .linking(new Links(runbooks, dashboards))
          .listening(new Ports(port, adminPort));
      return selector == null ? blueprint : blueprint.selecting(selector);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private String name(ReliabilityTargets targets) {
    if (service != null) {
      return service;
    }
    return targets
        .service()
        .orElseThrow(() -> new ParameterException(
            spec.commandLine(),
            "service: none in " + declaration.file() + " (expected: one there, or --service)"));
  }

  /** Named as they are typed. */
  enum Naming {
    otel(HttpNaming.OTEL),
    spring(HttpNaming.SPRING);

    private final HttpNaming names;

    Naming(HttpNaming names) {
      this.names = names;
    }
  }

  /** Returns what to say of links that lead nowhere yet. */
  List<String> unlinked() {
    return Stream.of(Map.entry("--runbooks", runbooks), Map.entry("--dashboards", dashboards))
        .filter(link -> link.getValue().getHost().endsWith(".invalid"))
        .map(link -> "links in alerts lead to " + link.getValue() + ", which is nowhere: give "
            + link.getKey() + "=URL")
        .toList();
  }
}
