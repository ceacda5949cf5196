package dev.nines.ops.cli;

import dev.nines.targets.InvalidTargetsException;
import dev.nines.targets.ReliabilityTargets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which running service a subcommand is about. */
final class ServiceOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "reliability.yaml",
      description = "The declaration; default: ${DEFAULT-VALUE}.")
  private Path file;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service's name; default: the one that the declaration gives.")
  private @Nullable String service;

  private @Nullable ReliabilityTargets targets;

  /** Returns the targets; a file that cannot be used is a mistake in the call, never a verdict. */
  ReliabilityTargets targets() {
    try {
      targets = targets == null ? ReliabilityTargets.load(file, Map.of()) : targets;
      return targets;
    } catch (InvalidTargetsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  String name() {
    return service != null
        ? service
        : targets()
            .service()
            .orElseThrow(() -> new ParameterException(
                spec.commandLine(),
                "service: none in " + file + " (expected: one there, or --service)"));
  }
}
