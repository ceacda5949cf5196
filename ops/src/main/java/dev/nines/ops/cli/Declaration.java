package dev.nines.ops.cli;

import dev.nines.targets.ReliabilityTargets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The declaration that a subcommand reads. */
final class Declaration {

  @Parameters(paramLabel = "FILE", description = "The declaration, such as reliability.yaml.")
  private Path file;

  @Option(
      names = "--environment",
      description =
          "Lay the NINES_… variables of this environment over the file, as the service does"
              + " at its start. Without it the file alone counts.")
  private boolean environment;

  Path file() {
    return file;
  }

  /** @throws dev.nines.targets.InvalidTargetsException with everything that is wrong */
  ReliabilityTargets load() {
    return ReliabilityTargets.load(file, environment ? System.getenv() : Map.of());
  }
}
